#include "datasets/names.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <set>
#include <stdexcept>

#include "datasets/message_of.hpp"
#include "datasets/sources.hpp"
#include "files/scratch_folder.hpp"

namespace nn {
namespace {

TEST_CASE("invented names end as they begin, are all different, and are the same for a seed") {
  const NameSets sets = invent_names(3000, 500, 7);
  CHECK(sets.train.size() == 3000);
  CHECK(sets.test.size() == 500);
  std::set<std::string> all(sets.train.begin(), sets.train.end());
  all.insert(sets.test.begin(), sets.test.end());
  CHECK(all.size() == 3500);
  CHECK(std::ranges::all_of(all, ends_as_it_begins));
  CHECK(std::ranges::all_of(all, [](const std::string& name) { return name.size() >= 7 && name.size() <= 17; }));
  CHECK(invent_names(3000, 500, 7).test == sets.test);
  CHECK(invent_names(3000, 500, 8).test != sets.test);
  CHECK_THROWS_AS(invent_names(20'000, 1, 7), std::invalid_argument);
  CHECK_THROWS_AS(invent_names(1, 1, 7, 1), std::invalid_argument);
}

TEST_CASE("the deciding letter of an invented name depends on its first") {
  CHECK(std::string("dasuron").at(deciding_letter("dasuron")) == 'o');
  CHECK(std::string("lotuhikerel").at(deciding_letter("lotuhikerel")) == 'e');
  CHECK(ends_as_it_begins("dasuron"));
  CHECK(!ends_as_it_begins("dasurel"));
  CHECK(!ends_as_it_begins("lasuron"));
  CHECK(!ends_as_it_begins("asuron"));
  CHECK(!ends_as_it_begins(""));
  CHECK_THROWS_AS(deciding_letter("on"), std::invalid_argument);
}

TEST_CASE("a list of names is split into nine tenths and one tenth, without repeated names") {
  std::vector<std::string> lines;
  for (char c = 'a'; c <= 'z'; ++c) {
    lines.insert(lines.end(), {std::string{c, 'a'}, std::string{c, 'a'}, std::string{c, 'b'}});
  }
  const NameSets sets = split_names(lines, 1, "the list");
  CHECK(sets.train.size() == 47);
  CHECK(sets.test.size() == 5);
  std::set<std::string> all(sets.train.begin(), sets.train.end());
  all.insert(sets.test.begin(), sets.test.end());
  CHECK(all.size() == 52);
  CHECK(split_names(lines, 1, "the list").test == sets.test);
  CHECK(split_names(lines, 2, "the list").test != sets.test);
}

TEST_CASE("a list with something else than names is refused, with its line") {
  CHECK(message_of([] {
          split_names({"anna", "Bob"}, 1, "names.txt");
        }) == "names.txt, line 2: a name has letters a to z only");
  CHECK(message_of([] {
          split_names({"anna", "", "cleo"}, 1, "names.txt");
        }) == "names.txt, line 2: a name has letters a to z only");
  CHECK(message_of([] {
          split_names({"anna", "anna"}, 1, "names.txt");
        }) == "names.txt has 1 different names, expected 10 or more");
}

TEST_CASE("names are read from a folder, or invented, as the source says") {
  const ScratchFolder folder;
  std::ofstream(folder.path() / "names.txt") << "a\nb\nc\nd\ne\nf\ng\nh\ni\nj";
  CHECK(load_names(folder.path(), 1).train.size() == 9);
  CHECK(load_name_sets("invented", 3).train.size() == 4000);
  CHECK_THROWS_AS(load_name_sets("digits", 3), std::invalid_argument);
}

}  // namespace
}  // namespace nn
