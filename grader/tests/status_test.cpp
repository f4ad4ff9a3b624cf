#include "lab/status.hpp"

#include <doctest/doctest.h>
#include <set>
#include <stdexcept>
#include <string>

using grader::Status;

TEST_SUITE("status") {
  TEST_CASE("every status has its own name, by which it is found again, and its own words") {
    std::set<std::string_view> names;
    std::set<std::string_view> words;
    for (std::size_t i = 0; i < grader::status_count; ++i) {
      const auto status = static_cast<Status>(i);
      CHECK(grader::status_of(grader::name_of(status)) == status);
      names.insert(grader::name_of(status));
      words.insert(grader::words_of(status));
    }
    CHECK(names.size() == grader::status_count);
    CHECK(words.size() == grader::status_count);
  }

  TEST_CASE("the last status is not_built, and a status has words that students understand") {
    CHECK(static_cast<std::size_t>(Status::not_built) + 1 == grader::status_count);
    CHECK(grader::name_of(Status::not_built) == "not_built");
    CHECK(grader::words_of(Status::failed) == "not right yet");
  }

  TEST_CASE("a name that no status has is an error") {
    CHECK_THROWS_WITH_AS(grader::status_of("great"), "unknown status 'great'", std::runtime_error);
    CHECK_THROWS_AS(grader::status_of(""), std::runtime_error);
  }
}
