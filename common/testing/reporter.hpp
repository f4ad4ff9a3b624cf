#pragma once

#include <cstddef>

namespace nn {

/// The results of the tests of this process. The reporter fills it.
struct Tally {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t todo = 0;  // reached code that is not implemented
};
Tally& tally();

/// Whether the reporter prints messages for the student. On at home, off in the roles of the judge.
void set_reporter_speaks(bool speaks);

}  // namespace nn
