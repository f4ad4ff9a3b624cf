#pragma once

#include <map>
#include <string>

#include "home/progress.hpp"

namespace grader {

/// The text of manifest.json in an archive to hand in: the lab, the time, the files with their hashes, and the points
/// at home, if they belong to these files. For people only; the judge does not use it.
std::string manifest(const Lab& lab, const std::map<std::string, std::string>& files, const LabProgress& progress);

}  // namespace grader
