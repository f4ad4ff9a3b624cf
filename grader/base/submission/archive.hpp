#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "submission/submission_scan.hpp"

namespace grader {

/// Feeds the scan with the entries of an archive. Throws Refused.
void scan_archive(const std::filesystem::path& path, SubmissionScan& scan);

/// Writes a .tar.gz of these files at its root, equal bytes for equal files, whole or not at all, and its folder if
/// there is none. Throws std::runtime_error that names the path if it cannot.
void write_archive(const std::filesystem::path& path, const std::map<std::string, std::string>& files);

}  // namespace grader
