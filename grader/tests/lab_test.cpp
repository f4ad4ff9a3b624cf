#include "lab/lab.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "scratch_repository.hpp"

namespace fs = std::filesystem;
using grader::Lab;

TEST_SUITE("lab") {
  TEST_CASE("labs are read in the order of their numbers, other folders are not labs") {
    const ScratchRepository repository;
    repository.add_lab("05_rnn", R"({"title": "Recurrence", "week": 5, "files": ["rnn.cpp"]})");
    repository.add_lab("02_mlp", R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"], "hints": {"2.1": ["a", "b"]}})");
    fs::create_directories(repository.root() / "labs" / "notes");
    fs::create_directories(repository.root() / "labs" / "03_draft");

    const std::vector<Lab> labs = grader::load_labs(repository.root());
    REQUIRE(labs.size() == 2);
    CHECK(labs[0].name == "02_mlp");
    CHECK(labs[0].title == "MLP");
    CHECK(labs[0].week == 2);
    CHECK(labs[0].files == std::vector<std::string>{"mlp.cpp"});
    CHECK(labs[0].hints.at("2.1").size() == 2);
    CHECK(labs[1].number() == "05");
  }

  TEST_CASE("a lab answers to its folder, its number and its word") {
    const ScratchRepository repository;
    repository.add_lab("02_mlp", R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"]})");
    repository.add_lab("12_transformer", R"({"title": "T", "week": 12, "files": ["transformer.cpp"]})");
    for (const char* called : {"02_mlp", "02", "2", "mlp"}) {
      CHECK(grader::find_lab(repository.root(), called).name == "02_mlp");
    }
    CHECK(grader::find_lab(repository.root(), "12").name == "12_transformer");
    CHECK_THROWS_WITH(grader::find_lab(repository.root(), "transfromer"),
                      "there is no lab 'transfromer'. Did you mean 'transformer'? The labs: 02_mlp, 12_transformer");
    CHECK_THROWS(grader::find_lab(repository.root(), ""));
  }

  TEST_CASE("a wrong lab.json is an error that names the file and the key") {
    const ScratchRepository repository;
    const auto message_of = [&](const char* json) {
      repository.add_lab("02_mlp", json);
      try {
        grader::load_labs(repository.root());
      } catch (const std::runtime_error& error) {
        return std::string(error.what());
      }
      return std::string("no error");
    };
    CHECK(message_of("{") == "labs/02_mlp/lab.json is not JSON (at byte 2)");
    CHECK(message_of(R"({"title": "MLP", "files": ["mlp.cpp"]})") ==
          "labs/02_mlp/lab.json: \"week\" must be a whole number");
    CHECK(message_of(R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"], "hint": {}})") ==
          "labs/02_mlp/lab.json has an unknown key \"hint\". Did you mean 'hints'? The keys: title, summary, week, "
          "files, hints, limits");
    CHECK(message_of(R"({"title": "MLP", "week": 2, "files": []})") ==
          "labs/02_mlp/lab.json: \"files\" must name at least one file");
    CHECK(message_of(R"({"title": "MLP", "week": 2, "files": ["../01_tensors/a.cpp"]})").find("not inside the lab") !=
          std::string::npos);
    CHECK(message_of(R"({"title": "MLP", "week": 2, "files": ["/etc/passwd"]})").find("not inside the lab") !=
          std::string::npos);
  }

  TEST_CASE("a test program lists its tests; one that says something else is an error that shows what") {
    const ScratchRepository repository;
    const fs::path program = repository.add_script("lists", R"(printf '8\t02_mlp\t2.1 A::b\n')");
    const std::vector<grader::TestInfo> tests = grader::list_tests(program);
    REQUIRE(tests.size() == 1);
    CHECK(tests[0].name == "2.1 A::b");
    CHECK(tests[0].points == 8);
    CHECK(tests[0].suite == "02_mlp");
    CHECK(tests[0].task() == "2.1");

    for (const char* body : {"echo hello", "exit 3", "true", "printf 'x\\t02_mlp\\t2.1 A\\n'", "printf '8\\t2.1 A\\n'",
                             "printf '8\\t02_mlp\\t2.1 A\\nhello\\n'", "kill -SEGV $$"}) {
      CHECK_THROWS_AS(grader::list_tests(repository.add_script("does_not", body)), std::runtime_error);
    }
  }
}
