#include "train/progress.hpp"

#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <sstream>

namespace {

using nn::Progress;

/// A clock that goes on by a tenth of a second with each look.
std::function<double()> slow_clock() {
  return [seconds = 100.0]() mutable { return seconds += 0.125; };
}

/// A clock that shows what `seconds` holds.
std::function<double()> clock_of(const double& seconds) {
  return [&seconds] { return seconds; };
}

}  // namespace

TEST_CASE("Progress in a file writes a line for each tenth and one at the end") {
  std::ostringstream out;
  Progress progress("epoch 1", 1000, out, false, slow_clock());
  for (int i = 0; i < 250; ++i) {
    progress.advance(4, 0.5);
  }
  progress.finish();
  progress.finish();
  const std::string text = out.str();
  CHECK(std::ranges::count(text, '\n') == 10);
  CHECK(
      text.starts_with("epoch 1 [==>                 ]  10%  100/1000  loss 0.5  32/s  0:28 left\n"
                       "epoch 1 [====>               ]  20%  200/1000  loss 0.5  32/s  0:25 left\n"));
  CHECK(text.ends_with(" 90%  900/1000  loss 0.5  32/s  0:03 left\nepoch 1  1000 done  loss 0.5  32/s  0:31\n"));
}

TEST_CASE("Progress on a terminal draws one line in place at most ten times a second") {
  std::ostringstream out;
  double seconds = 0;
  {
    Progress progress("epoch 1", 1000, out, true, clock_of(seconds));
    for (int i = 0; i < 999; ++i) {
      seconds += 0.002;
      progress.advance(1, 1);
    }
  }
  const std::string text = out.str();
  CHECK(std::ranges::count(text, '\r') == 20);
  CHECK(std::ranges::count(text, '\n') == 1);
  CHECK(text.starts_with("\repoch 1 [>                   ]   0%  1/1000  loss 1  500/s  0:02 left\x1b[K\r"));
  CHECK(text.ends_with("\x1b[K\n"));
}

TEST_CASE("Progress ends its line when it is finished and writes nothing when it never began") {
  std::ostringstream out;
  double seconds = 0;
  { Progress progress("epoch 1", 10, out, true, clock_of(seconds)); }
  CHECK(out.str().empty());
  {
    Progress progress("epoch 1", 10, out, true, clock_of(seconds));
    seconds = 2;
    progress.advance(10, 0.25);
    progress.finish();
  }
  CHECK(out.str().ends_with("\repoch 1  10 done  loss 0.25  5/s  0:02\x1b[K\n"));
}

TEST_CASE("Progress gives the mean loss weighted by the counts") {
  std::ostringstream out;
  Progress progress("", 4, out, false, slow_clock());
  CHECK(progress.mean_loss() == 0);
  progress.advance(3, 1);
  progress.advance(1, 5);
  CHECK(progress.mean_loss() == 2);
}

TEST_CASE("Progress works with a total of zero, with more than the total, and with a loss of NaN") {
  std::ostringstream out;
  double seconds = 0;
  Progress none("none", 0, out, true, clock_of(seconds));
  none.advance(1, std::nan(""));
  none.finish();
  CHECK(out.str().find("[====================] 100%  1/0  loss nan") != std::string::npos);
  Progress more("more", 2, out, true, clock_of(seconds));
  more.advance(3, 1);
  CHECK(out.str().find("100%  3/2") != std::string::npos);
}

TEST_CASE("duration_text writes minutes and hours") {
  CHECK(nn::duration_text(0) == "0:00");
  CHECK(nn::duration_text(4.6) == "0:05");
  CHECK(nn::duration_text(59.7) == "1:00");
  CHECK(nn::duration_text(3599) == "59:59");
  CHECK(nn::duration_text(3661) == "1:01:01");
  CHECK(nn::duration_text(-1) == "0:00");
}
