#include "datasets/tatoeba.hpp"

#include <doctest/doctest.h>
#include <set>

#include "datasets/message_of.hpp"
#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"

TEST_CASE("read_tatoeba keeps what is tested out of training") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "kor.txt";
  nn::write_whole(path,
                  std::string_view("Hi.\t안녕.\tby a\nHi.\t안녕하세요.\tby b\nBye.\t안녕.\tby c\nGo.\t가.\tby d\n"));
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const nn::SentenceSets sets = nn::read_tatoeba(path, 1, seed);
    REQUIRE(sets.test.size() == 1);
    for (const nn::SentencePair& pair : sets.train) {
      CHECK(pair.english != sets.test[0].english);
      CHECK(pair.korean != sets.test[0].korean);
    }
    CHECK(sets.train == nn::read_tatoeba(path, 1, seed).train);
  }
  CHECK(nn::read_tatoeba(path, 0, 1).train.size() == 4);
  CHECK(nn::message_of([&] { nn::read_tatoeba(path, 4, 1); }) ==
        path.string() + " has 3 different English sentences, not 4");
}

TEST_CASE("read_tatoeba names the line that has no translation") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "kor.txt";
  nn::write_whole(path, std::string_view("Hi.\t안녕.\nBye.\n"));
  CHECK(nn::message_of([&] { nn::read_tatoeba(path, 0, 1); }) ==
        path.string() + ": line 2 has no tab between English and Korean");
}
