#pragma once

// Batches of sequences, time-major: (time, batch, features), ids (time, batch). A sequence that is shorter than its
// batch has its length in `lengths` (batch); the steps behind its end are padding.

#include <cstddef>
#include <string_view>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

/// Throws ShapeError unless there is one length for each of `batch` sequences, each between 1 and `time`; the message
/// names the function.
void check_lengths(std::string_view function, const IdVector& lengths, std::size_t time, std::size_t batch);

/// Steps first, first + 1, ..., first + count - 1 of x: (time, batch, ...) -> (count, batch, ...), a copy. Throws
/// ShapeError if x has fewer steps.
Tensor3 time_steps(const Tensor3& x, std::size_t first, std::size_t count);
IdMatrix time_steps(const IdMatrix& ids, std::size_t first, std::size_t count);

/// The rows of a and b side by side: (time, batch, m) and (time, batch, n) -> (time, batch, m + n). Throws ShapeError
/// if time or batch differ.
Tensor3 join_features(const Tensor3& a, const Tensor3& b);

/// Numbers first, first + 1, ..., first + count - 1 of every row of x: (time, batch, n) -> (time, batch, count), a
/// copy. Throws ShapeError if rows have fewer numbers.
Tensor3 features(const Tensor3& x, std::size_t first, std::size_t count);

/// Sets every number of x: (time, batch, n) behind the end of its sequence to 0, whatever it was. Throws ShapeError if
/// lengths are not as in check_lengths.
void clear_padding(Tensor3& x, const IdVector& lengths);

/// The rows of (time * batch, ...) that are not padding, in storage order: t * batch + b for every t < lengths(b).
/// Throws ShapeError if a length is larger than `time` or 0.
std::vector<std::size_t> rows_before_end(const IdVector& lengths, std::size_t time);

}  // namespace nn
