#pragma once

#include <string>

#include "lab/lab.hpp"

namespace grader {

/// Twelve hexadecimal digits that change with what can change a mark:
///
/// - what a submission and the reference are made of, as the build says (Harness::sources): the lab's tests and its
///   solution, the solutions of the labs that it links, and what it links of common/ and datasets/; and the headers
///   that lie beside these, the labs' own among them;
/// - the flags that all of it is compiled with;
/// - the limits of time, memory and so on, wherever they were set;
/// - the judge and its sandbox, grader/instructor/judge/ and sandbox/.
///
/// Nothing else counts: not alternatives, mistakes, hints, recorded values, handouts, programs or plots, nor the
/// compiler and packages of the system. Throws std::runtime_error if the lab has not been configured, as load_harness
/// does.
std::string lab_version(const Lab& lab);

}  // namespace grader
