#include "train/metrics.hpp"

#include <doctest/doctest.h>
#include <limits>
#include <stdexcept>
#include <system_error>

#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"

using nn::Metrics;

TEST_CASE("Metrics writes the column names and then each row at once") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "loss.csv";
  Metrics metrics(path, {"epoch", "loss", "note"});
  CHECK(nn::read_whole(path) == "epoch,loss,note\n");
  metrics.row({1, 0.1, "first"});
  CHECK(nn::read_whole(path) == "epoch,loss,note\n1,0.1,first\n");
  metrics.row({std::size_t{18'446'744'073'709'551'615U}, 0.1F, std::string()});
  CHECK(nn::read_whole(path) == "epoch,loss,note\n1,0.1,first\n18446744073709551615,0.1,\n");
}

TEST_CASE("Metrics quotes commas and quotes and line ends") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "log.csv";
  Metrics metrics(path, {"a,b", "c"});
  metrics.row({"say \"hi\"", "two\nlines"});
  metrics.row({"plain text", "\r"});
  CHECK(nn::read_whole(path) == "\"a,b\",c\n\"say \"\"hi\"\"\",\"two\nlines\"\nplain text,\"\r\"\n");
}

TEST_CASE("Metrics writes numbers that read back as they were") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "log.csv";
  Metrics metrics(path, {"x"});
  metrics.row({1.0 / 3});
  metrics.row({1e-300});
  metrics.row({-std::numeric_limits<double>::infinity()});
  metrics.row({std::numeric_limits<double>::quiet_NaN()});
  CHECK(nn::read_whole(path) == "x\n0.3333333333333333\n1e-300\n-inf\nnan\n");
}

TEST_CASE("Metrics refuses a row of another length and a file that cannot be written") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "log.csv";
  Metrics metrics(path, {"a", "b"});
  CHECK_THROWS_WITH_AS(metrics.row({1}), ("Metrics::row: 1 cells, but " + path.string() + " has 2 columns").c_str(),
                       std::invalid_argument);
  CHECK(nn::read_whole(path) == "a,b\n");
  CHECK_THROWS_AS(Metrics(scratch.path() / "missing" / "log.csv", {"a"}), std::system_error);
  CHECK_THROWS_AS(Metrics("/dev/full", {"a"}), std::system_error);
}
