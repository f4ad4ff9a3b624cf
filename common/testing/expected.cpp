#include "testing/expected.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>
#include <span>
#include <stdexcept>
#include <utility>

namespace wire {

namespace {

using safetensors::FormatError;

// Keys of expected.safetensors: "2.4 Linear::backward/dx" and, for a mistake, "2.4 Linear::backward/dx@its_id".
constexpr char observation_mark = '/';
constexpr char mistake_mark = '@';

// The name of what exception_value gives; no observation has it.
constexpr std::string_view exception_name = "exception";

std::vector<Record> observed(const std::vector<Record>& records) {
  std::vector<Record> result;
  std::ranges::copy_if(records, std::back_inserter(result),
                       [](const Record& record) { return record.kind == Record::Kind::observe; });
  return result;
}

/// The record of the exception that ended the test, or nullptr.
const Record* exception_of(const std::vector<Record>& records) {
  const auto found = std::ranges::find(records, Record::Kind::error, &Record::kind);
  return found == records.end() ? nullptr : &*found;
}

bool is_input(const Record& record) {
  return record.kind == Record::Kind::given || record.kind == Record::Kind::hidden;
}

/// Refuses what would be split in two when it is read again, and what is there already.
void check_name(const std::string& test, const Record& record, std::set<std::string>& names) {
  const std::string said =
      fmt::format("the test '{}' {} '{}'", test, is_input(record) ? "is given" : "observes", record.name);
  if (record.name.find_first_of({observation_mark, mistake_mark}) != std::string::npos) {
    throw std::runtime_error(
        fmt::format("{}: '{}' and '{}' part the names in expected.safetensors, choose a name without", said,
                    observation_mark, mistake_mark));
  }
  if (record.kind == Record::Kind::observe && record.name == exception_name) {
    throw std::runtime_error(said + ", a name that is taken: choose another");
  }
  if (!names.insert(record.name).second) {
    throw std::runtime_error(said + " twice: give each its own name");
  }
}

/// Tests and values are told apart by their names alone.
void check_names(const std::vector<Record>& records) {
  std::string test;
  std::set<std::string> tests;
  std::set<std::string> inputs;
  std::set<std::string> outputs;
  for (const Record& record : records) {
    if (record.kind == Record::Kind::begin) {
      test = record.name;
      inputs.clear();
      outputs.clear();
      if (const std::string problem = problem_of_test_name(test); !problem.empty()) {
        throw std::runtime_error(problem);
      }
      if (!tests.insert(test).second) {
        throw std::runtime_error(fmt::format("two tests are called '{}': give each its own name", test));
      }
    } else if (is_input(record)) {
      check_name(test, record, inputs);
    } else if (record.kind == Record::Kind::observe) {
      check_name(test, record, outputs);
    }
  }
}

}  // namespace

std::pair<const std::string, Array> exception_value(std::string why) {
  // The first colon before a number and ", in " stands between file and line
  const std::size_t end = why.find(", in ");
  const std::size_t colon = end == std::string::npos ? end : why.rfind(':', end);
  if (colon != std::string::npos && why.find_first_not_of("0123456789", colon + 1) == end) {
    why.erase(colon, end - colon);
  }
  return {std::string(exception_name), text_array(why)};
}

std::string problem_of_test_name(const std::string& test) {
  if (test.find_first_of("*?,\\") == std::string::npos) {
    return "";
  }
  return fmt::format("the test name '{}' holds one of * ? , \\ which --test does not take as they are: leave it out",
                     test);
}

bool is_same(const Array& a, const Array& b) {
  if (a.shape != b.shape || a.dtype != b.dtype) {
    return false;
  }
  const std::vector<double> ours = a.as_doubles();
  const std::vector<double> theirs = b.as_doubles();
  double largest = 1e-6;
  for (const double value : theirs) {
    largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
  }
  return std::ranges::equal(ours, theirs, [largest](double x, double y) {
    return x == y || (std::isnan(x) && std::isnan(y)) || std::abs(x - y) <= 1e-7 * largest;
  });
}

std::map<std::string, std::vector<Record>> by_test(const std::vector<Record>& records) {
  std::map<std::string, std::vector<Record>> result;
  std::string test;
  for (const Record& record : records) {
    if (record.kind == Record::Kind::begin) {
      test = record.name;
    }
    result[test].push_back(record);
  }
  return result;
}

void Expected::add_reference(const std::vector<Record>& records) {
  check_names(records);
  std::string test;
  for (const Record& record : records) {
    if (record.kind == Record::Kind::begin) {
      test = record.name;
      tests_.push_back(test);
    } else if (record.kind == Record::Kind::observe) {
      observations_[test].push_back({record.name, record.value, record.matcher});
    }
  }
}

void Expected::add_mistake(const Mistake& mistake, const std::vector<Record>& records) {
  mistakes_[mistake.id] = mistake;
  const auto runs = by_test(records);
  for (const std::string& test : tests_) {
    // Take the mistake's observations in this test, one for each observation of the reference
    const auto run = runs.find(test);
    const std::vector<Record> values = run == runs.end() ? std::vector<Record>{} : observed(run->second);
    const std::vector<Observation>& reference = observations(test);
    const Record* exception = run == runs.end() ? nullptr : exception_of(run->second);
    const std::size_t count = exception == nullptr ? reference.size() : std::min(values.size(), reference.size());
    if (!std::ranges::equal(values, std::span(reference).first(count), {}, &Record::name, &Observation::name)) {
      throw std::runtime_error(fmt::format(
          "mistake {} does not observe what the reference observes in test '{}': it must give wrong values, "
          "or end the test by an exception",
          mistake.id, test));
    }

    // Keep those that are wrong
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!compare(values[i].value, reference[i].value, reference[i].matcher).passed) {
        wrong_[test][mistake.id][values[i].name] = values[i].value;
      }
    }
    if (exception != nullptr) {
      wrong_[test][mistake.id].insert(exception_value(exception->name));
    }
  }
}

const std::vector<Expected::Observation>& Expected::observations(const std::string& test) const {
  static const std::vector<Observation> none;
  const auto found = observations_.find(test);
  return found == observations_.end() ? none : found->second;
}

const Expected::Observation* Expected::find(const std::string& test, const std::string& observation) const {
  const auto& all = observations(test);
  const auto found = std::ranges::find(all, observation, &Observation::name);
  return found == all.end() ? nullptr : &*found;
}

std::vector<Mistake> Expected::name_mistakes(const std::string& test, ValueByName wrong) const {
  // Explain as much as possible by one mistake, then the rest by another
  std::vector<Mistake> named;
  for (auto found = best_explanation(test, wrong); found != nullptr; found = best_explanation(test, wrong)) {
    named.push_back(*found);
    for (const auto& [name, value] : wrong_.at(test).at(found->id)) {
      if (wrong.contains(name) && is_same(wrong.at(name), value)) {
        wrong.erase(name);
      }
    }
  }
  return wrong.empty() ? named : std::vector<Mistake>{};
}

const Mistake* Expected::best_explanation(const std::string& test, const ValueByName& wrong) const {
  const auto in_test = wrong_.find(test);
  if (in_test == wrong_.end()) {
    return nullptr;
  }
  const Mistake* best = nullptr;
  std::pair<std::size_t, bool> best_rank;
  for (const auto& [id, values] : in_test->second) {
    // All values that the mistake changes must be observed with exactly its numbers
    const bool explains = std::ranges::all_of(values, [&](const auto& value) {
      const auto got = wrong.find(value.first);
      return got != wrong.end() && is_same(got->second, value.second);
    });

    // Prefer the mistake that explains most values, then one that this test should catch
    const Mistake& mistake = mistakes_.at(id);
    const std::pair rank(values.size(), mistake.test == test);
    if (explains && (best == nullptr || rank > best_rank)) {
      best = &mistake;
      best_rank = rank;
    }
  }
  return best;
}

Expected::ValueByName Expected::wrong_values(const std::string& test, const std::string& mistake_id) const {
  const auto in_test = wrong_.find(test);
  if (in_test == wrong_.end()) {
    return {};
  }
  const auto values = in_test->second.find(mistake_id);
  return values == in_test->second.end() ? ValueByName{} : values->second;
}

std::vector<std::string> Expected::tests_failed_by(const std::string& mistake_id) const {
  std::vector<std::string> failed;
  std::ranges::copy_if(tests_, std::back_inserter(failed), [&](const std::string& test) {
    const auto in_test = wrong_.find(test);
    return in_test != wrong_.end() && in_test->second.contains(mistake_id);
  });
  return failed;
}

safetensors::Document Expected::to_document() const {
  safetensors::Document document;
  for (const std::string& test : tests_) {
    for (const Observation& observation : observations(test)) {
      document.tensors.emplace_back(fmt::format("{}{}{}", test, observation_mark, observation.name), observation.value);
    }
    if (!wrong_.contains(test)) {
      continue;
    }
    for (const auto& [id, values] : wrong_.at(test)) {
      for (const auto& [name, value] : values) {
        document.tensors.emplace_back(fmt::format("{}{}{}{}{}", test, observation_mark, name, mistake_mark, id), value);
      }
    }
  }
  for (const auto& [id, mistake] : mistakes_) {
    document.metadata[id + ".title"] = mistake.title;
    document.metadata[id + ".hint"] = mistake.hint;
    document.metadata[id + ".test"] = mistake.test;
  }
  return document;
}

Expected Expected::from_document(const safetensors::Document& document) {
  Expected expected;
  for (const auto& [key, text] : document.metadata) {
    const std::size_t dot = key.rfind('.');
    if (dot == std::string::npos) {
      throw FormatError("expected values: metadata key '" + key + "' is unknown");
    }
    Mistake& mistake = expected.mistakes_[key.substr(0, dot)];
    mistake.id = key.substr(0, dot);
    const std::string field = key.substr(dot + 1);
    (field == "title" ? mistake.title : field == "hint" ? mistake.hint : mistake.test) = text;
  }

  for (const auto& [key, value] : document.tensors) {
    const std::size_t slash = key.rfind(observation_mark);
    const std::size_t at = key.find(mistake_mark, slash == std::string::npos ? 0 : slash);
    if (slash == std::string::npos) {
      throw FormatError("expected values: key '" + key + "' does not name a test");
    }
    const std::string test = key.substr(0, slash);
    const std::string observation = key.substr(slash + 1, at == std::string::npos ? at : at - slash - 1);
    if (at == std::string::npos) {
      if (!expected.observations_.contains(test)) {
        expected.tests_.push_back(test);
      }
      expected.observations_[test].push_back({observation, value, {}});
    } else {
      const std::string id = key.substr(at + 1);
      if (!expected.mistakes_.contains(id)) {
        throw FormatError("expected values: mistake '" + id + "' has no title");
      }
      expected.wrong_[test][id][observation] = value;
    }
  }
  return expected;
}

}  // namespace wire
