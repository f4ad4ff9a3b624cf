#include "class/pages/class_page.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <numeric>
#include <pugixml.hpp>
#include <random>
#include <set>

#include "class/pages/class_figures.hpp"

namespace {

using grader::ClassFigures;
using grader::Grade;
using grader::Status;
using grader::TestResult;

constexpr std::array endings{Status::passed,  Status::failed,  Status::todo,
                             Status::crashed, Status::timeout, Status::left};

/// A random class from a seed: few different files, so that some are equal; some that cannot be read or compiled.
class MadeUpClass {
 public:
  explicit MadeUpClass(unsigned seed) : random_(seed) {
    const std::size_t students = number(0, 30);
    for (std::size_t i = 0; i < students; ++i) {
      grades.push_back(grade("student " + std::to_string(i)));
    }
  }

  std::vector<Grade> grades;
  static constexpr std::size_t tests = 6;

 private:
  std::size_t number(std::size_t low, std::size_t high) {
    return std::uniform_int_distribution<std::size_t>(low, high)(random_);
  }

  Grade grade(const std::string& student) {
    Grade grade;
    grade.result.student = student;
    grade.result.sha256 = "files " + std::to_string(number(0, 20));
    grade.result.lab_version = "lab " + std::to_string(number(0, 9) == 0);
    grade.result.isolation = "bubblewrap";
    const std::size_t kind = number(0, 9);
    grade.result.error = kind == 0 ? "It cannot be read." : "";
    for (std::size_t i = 0; i < tests; ++i) {
      TestResult& test = grade.result.tests.emplace_back();
      test.test = {"2." + std::to_string(i / 2) + " test " + std::to_string(i), static_cast<unsigned>(i + 1)};
      if (kind > 1) {
        run(test);
      }
    }
    grade.score = number(0, 4) == 0 ? static_cast<double>(number(0, 25)) : grade.result.points();
    return grade;
  }

  void run(TestResult& test) {
    test.status = number(0, 1) == 0 ? Status::passed : endings[number(0, endings.size() - 1)];
    test.points = test.status == Status::passed ? test.test.points : 0;
    test.seconds = static_cast<double>(number(1, 3000)) / 100;
    if (test.status == Status::failed) {
      const std::string id = std::to_string(number(0, 2));
      test.mistakes = {{id, "Mistake " + id, "Hint", test.test.name}};
    }
  }

  std::mt19937 random_;
};

bool ran(const Grade& grade) { return grade.result.error.empty() && grade.result.tests[0].status != Status::not_built; }

/// Checks the counts of one test against plain counting.
void check_test(const grader::TestFigures& test, std::size_t index, const std::vector<Grade>& grades) {
  for (const Status status : endings) {
    CHECK(test.count(status) == static_cast<std::size_t>(std::ranges::count_if(grades, [&](const Grade& grade) {
            return ran(grade) && grade.result.tests[index].status == status;
          })));
  }
  CHECK(test.count(Status::not_built) == 0);
  double longest = 0;
  std::size_t at_most_median = 0;
  std::size_t at_least_median = 0;
  for (const Grade& grade : grades) {
    if (ran(grade)) {
      const double seconds = grade.result.tests[index].seconds;
      longest = std::max(longest, seconds);
      at_most_median += seconds <= test.median_seconds + 1e-9 ? 1 : 0;
      at_least_median += seconds >= test.median_seconds - 1e-9 ? 1 : 0;
    }
  }
  CHECK(test.max_seconds == longest);
  CHECK(2 * at_most_median >= test.runs);
  CHECK(2 * at_least_median >= test.runs);
}

void check_scores(const grader::Distribution& scores, const std::vector<Grade>& grades) {
  double sum = 0;
  for (std::size_t bin = 0; bin < scores.bins.size(); ++bin) {
    const double low = 2.1 * static_cast<double>(bin);
    const double high = bin + 1 == scores.bins.size() ? 1e9 : low + 2.1;
    CHECK(scores.bins[bin] == static_cast<std::size_t>(std::ranges::count_if(grades, [&](const Grade& grade) {
            return grade.score >= low - 1e-9 && grade.score < high - 1e-9;
          })));
  }
  for (const Grade& grade : grades) {
    sum += grade.score;
    CHECK(grade.score >= scores.lowest);
    CHECK(grade.score <= scores.highest);
  }
  CHECK(scores.mean * static_cast<double>(grades.size()) == doctest::Approx(sum));
  CHECK(scores.lowest <= scores.lower_quartile);
  CHECK(scores.lower_quartile <= scores.median);
  CHECK(scores.median <= scores.upper_quartile);
  CHECK(scores.upper_quartile <= scores.highest);
}

void check_mistakes(const std::vector<grader::MistakeFigures>& mistakes, const std::vector<Grade>& grades) {
  std::map<std::string, std::set<std::string>> students;
  for (const Grade& grade : grades) {
    for (const TestResult& test : grade.result.tests) {
      for (const wire::Mistake& mistake : test.mistakes) {
        students[mistake.id].insert(grade.result.student);
      }
    }
  }
  CHECK(mistakes.size() == students.size());
  for (const grader::MistakeFigures& figures : mistakes) {
    CHECK(std::set(figures.students.begin(), figures.students.end()) == students[figures.mistake.id]);
    CHECK(figures.students.size() == students[figures.mistake.id].size());
  }
  CHECK(std::ranges::is_sorted(mistakes, std::ranges::greater(), [](const auto& m) { return m.students.size(); }));
}

/// Compares every pair of students.
void check_pairs(const ClassFigures& figures, const std::vector<Grade>& grades) {
  std::set<std::string> flaky;
  std::set<std::string> same_files;
  for (const Grade& a : grades) {
    for (const Grade& b : grades) {
      if (a.result.student == b.result.student || a.result.sha256 != b.result.sha256) {
        continue;
      }
      if (a.result.points() > 0 && b.result.points() > 0) {
        same_files.insert(a.result.student);
      }
      for (std::size_t i = 0; i < a.result.tests.size(); ++i) {
        if (a.result.lab_version == b.result.lab_version && a.result.tests[i].status != b.result.tests[i].status) {
          flaky.insert(a.result.tests[i].test.name);
        }
      }
    }
  }
  std::set<std::string> found;
  for (const std::vector<std::string>& group : figures.identical) {
    CHECK(group.size() > 1);
    found.insert(group.begin(), group.end());
  }
  CHECK(found == same_files);
  found.clear();
  for (const grader::FlakyTest& test : figures.flaky) {
    found.insert(test.test);
  }
  CHECK(found == flaky);
}

}  // namespace

TEST_SUITE("class page") {
  TEST_CASE("the figures of any class are those of plain counting") {
    for (unsigned seed = 0; seed < 200; ++seed) {
      CAPTURE(seed);
      const MadeUpClass made_up(seed);
      const ClassFigures figures = grader::figures_of(made_up.grades);
      REQUIRE(figures.tests.size() == (made_up.grades.empty() ? 0 : MadeUpClass::tests));
      for (std::size_t i = 0; i < figures.tests.size(); ++i) {
        check_test(figures.tests[i], i, made_up.grades);
      }
      check_scores(figures.scores, made_up.grades);
      check_mistakes(figures.mistakes, made_up.grades);
      check_pairs(figures, made_up.grades);
    }
  }

  TEST_CASE("the page shows these figures") {
    for (unsigned seed = 0; seed < 20; ++seed) {
      CAPTURE(seed);
      const std::vector<Grade> grades = MadeUpClass(seed).grades;
      pugi::xml_document page;
      REQUIRE(page.load_string(grader::class_page({}, grades).c_str()));

      // Every student has a row, with the points and score of the grade
      const pugi::xpath_node_set rows = page.select_nodes("//table[@class='students']/tbody/tr");
      REQUIRE(rows.size() == grades.size());
      for (std::size_t i = 0; i < grades.size(); ++i) {
        const pugi::xml_node row = rows[i].node();
        CHECK(row.select_node(".//bdi").node().child_value() == grades[i].result.student);
        CHECK(row.select_node(".//strong").node().child_value() == grader::score_text(grades[i].score));
        CHECK(row.select_node("td[contains(@class, 'points')]").node().child_value() ==
              std::to_string(grades[i].result.points()));
      }

      // The share of students that passed each test
      const ClassFigures figures = grader::figures_of(grades);
      const pugi::xpath_node_set shares = page.select_nodes("//td[contains(@class, 'share')]");
      REQUIRE(shares.size() == figures.tests.size());
      for (std::size_t i = 0; i < figures.tests.size(); ++i) {
        const double passed = static_cast<double>(figures.tests[i].count(Status::passed));
        const double shown = shares[i].node().text().as_double();
        CHECK(std::abs(shown * static_cast<double>(figures.tests[i].runs) - 100 * passed) <=
              0.5 * static_cast<double>(figures.tests[i].runs) + 1e-9);
      }

      // The students whose code could not be run, and why
      const auto not_run = std::ranges::count_if(grades, [](const Grade& grade) { return !ran(grade); });
      CHECK(page.select_nodes("//table[@class='not-run']/tbody/tr").size() == static_cast<std::size_t>(not_run));
    }
  }

  TEST_CASE("a test is marked as slow when it once took more than half of its limit") {
    Grade grade;
    for (const double seconds : {14.0, 16.0}) {
      TestResult& test = grade.result.tests.emplace_back();
      test.test = {"2.1 takes " + std::to_string(static_cast<int>(seconds)), 1};
      test.status = Status::passed;
      test.seconds = seconds;
    }
    pugi::xml_document page;
    REQUIRE(page.load_string(grader::class_page({}, {grade}).c_str()));
    const pugi::xpath_node_set slow = page.select_nodes("//table[@class='times']//tr[contains(., 'slow')]/th");
    REQUIRE(slow.size() == 1);
    CHECK(std::string(slow[0].node().child_value()) == "2.1 takes 16");
  }

  TEST_CASE("grading without a sandbox, and by different versions, is shown") {
    Grade grade;
    grade.result.isolation = "bubblewrap";
    const std::string contained = grader::class_page({}, {grade, grade});
    CHECK(contained.find("class=\"notice\"") == std::string::npos);
    Grade other = grade;
    other.result.isolation = "none (--unsafe)";
    CHECK(grader::class_page({}, {grade, other}).find("ran without a sandbox") != std::string::npos);
    other = grade;
    other.result.lab_version = "another";
    CHECK(grader::class_page({}, {grade, other}).find("graded by the same version") != std::string::npos);
  }
}
