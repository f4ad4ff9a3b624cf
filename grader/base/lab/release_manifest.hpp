#pragma once

#include <map>
#include <set>
#include <string>

namespace grader {

/// The file at the root of a released tree that says what the release holds.
inline constexpr const char* release_manifest_name = "release.json";

/// What it says: the version, the SHA-256 of every released file, and the student's own files.
struct ReleaseManifest {
  std::string version;
  std::map<std::string, std::string> files;  // by path from the root, with '/'
  std::set<std::string> yours;
};

/// Reads its text. Throws std::runtime_error for text that is none.
ReleaseManifest parse_release_manifest(const std::string& text);

}  // namespace grader
