#pragma once

#include <filesystem>
#include <iosfwd>

#include "datasets/catalogue.hpp"

namespace grader {

/// Downloads a file of a dataset into the folder with the program curl: from its first mirror, or from the next one if
/// that fails. The download is kept under the file's name with .part, and continues where an earlier attempt was cut
/// off. It gets its final name only when its size and hash are correct; if they are wrong, it is removed, and an older
/// file stays as it was. Writes to `log` what happens; curl shows its progress, if standard error is a terminal. Throws
/// std::runtime_error, which says what each mirror answered and what to do, if no mirror sent the file, if curl is
/// missing or if the disk is full.
void download(const nn::DataFile& file, const std::filesystem::path& folder, std::ostream& log);

/// A size for people: "11.6 MB".
std::string size_text(std::uintmax_t bytes);

}  // namespace grader
