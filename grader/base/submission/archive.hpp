#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "submission/submission_scan.hpp"

namespace grader {

/// Passes the entries of an archive to the scan. Throws Refused.
void scan_archive(const std::filesystem::path& path, SubmissionScan& scan);

/// Writes a .tar.gz with these files at its root, and its folder if there is none. Equal files give equal bytes. The
/// file is written whole or not at all. Throws std::runtime_error that names the path if that fails.
void write_archive(const std::filesystem::path& path, const std::map<std::string, std::string>& files);

}  // namespace grader
