#pragma once

#include <string>
#include <vector>

#include "lab/lab.hpp"
#include "safetensors/safetensors.hpp"
#include "testing/record.hpp"

namespace grader {

/// A run of the reference as one document that any framework can read: a tensor "TEST/given/NAME", "TEST/hidden/NAME"
/// or "TEST/observe/NAME" for every record, in order, and the lab and the seed as metadata.
safetensors::Document transcript(const Lab& lab, std::uint64_t seed, const std::vector<wire::Record>& records);

}  // namespace grader
