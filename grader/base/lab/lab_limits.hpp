#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "lab/lab.hpp"

namespace grader {

/// Changes the limits that are in `fields`, which has the form of "limits" in lab.json:
///
///     {"compile": {"wall_seconds": 300}, "test": {"cpu_seconds": 20, "wall_seconds": 60, "memory_mib": 4096,
///      "processes": 8, "open_files": 64, "file_mib": 16, "tmp_mib": 64, "output_kib": 64}}
///
/// Each is a whole number above 0; other limits do not change. Throws std::runtime_error that names the file, the key
/// and the expected value.
void read_limits(Lab& lab, const nlohmann::json& fields, const std::string& file);

/// Like read_limits, from a file that contains only the limits.
void load_limits(Lab& lab, const std::filesystem::path& file);

}  // namespace grader
