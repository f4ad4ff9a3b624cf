#pragma once

#include "tensor/tensor.hpp"

namespace nn {

// The ids that every vocabulary of words begins with.

inline constexpr Id pad_id = 0;  // behind the end of a sentence in a batch
inline constexpr Id bos_id = 1;  // the beginning of a sentence
inline constexpr Id eos_id = 2;  // its end
inline constexpr Id unk_id = 3;  // an unknown word

}  // namespace nn
