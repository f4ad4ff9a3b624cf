#pragma once

#include <filesystem>
#include <iosfwd>

#include "datasets/catalogue.hpp"

namespace grader {

/// Downloads a file of a dataset into the folder with the program curl: from its first mirror, or from the next where
/// one fails. What comes is kept under the file's name with .part, goes on where an earlier attempt was cut off, and
/// gets its name only once its size and hash are right; if they are not, it is removed, and a file that had the name
/// stays as it was. Says on `log` what happens; curl shows its progress, if standard error is a terminal.
/// Throws std::runtime_error, which says what each mirror answered and what to do, if no mirror gave the file, and if
/// there is no curl or the disk is full.
void download(const nn::DataFile& file, const std::filesystem::path& folder, std::ostream& log);

/// A size for people: "11.6 MB".
std::string size_text(std::uintmax_t bytes);

}  // namespace grader
