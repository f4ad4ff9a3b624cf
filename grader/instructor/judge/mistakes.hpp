#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "lab/lab.hpp"
#include "testing/expected.hpp"

namespace grader {

/// The named mistakes of a lab, from the heads of solutions/NN_name/mistakes/*.patch, in order of their names; none
/// where the folder is missing. A head
/// has the lines "Title: ...", "Hint: ..." and "Test: ..." before the patch itself. Throws std::runtime_error that
/// names the file and the line that is missing.
std::vector<wire::Mistake> load_mistakes(const Lab& lab);

/// Runs a test program of ours (the reference or a mistake) in the reference's role and returns what it recorded of
/// every test. Not for programs that hold a student's code. Throws std::runtime_error if the program fails.
std::vector<wire::Record> run_reference(const std::filesystem::path& program, std::uint64_t seed);

/// Runs the program of a mistake in the same way. Throws std::runtime_error, too, if there is no test that the mistake
/// names.
std::vector<wire::Record> run_mistake(const Lab& lab, const wire::Mistake& mistake, std::uint64_t seed);

/// What the reference, whose records are given, and every mistake observe for a seed. The programs must have been
/// built.
wire::Expected observe_reference(const Lab& lab, const std::vector<wire::Record>& reference, std::uint64_t seed);

}  // namespace grader
