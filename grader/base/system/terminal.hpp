#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace grader {

/// Text in a colour or weight: unchanged unless standard output is a terminal and NO_COLOR is not set.
std::string bold(std::string_view text);
std::string dim(std::string_view text);
std::string red(std::string_view text);
std::string green(std::string_view text);
std::string yellow(std::string_view text);

/// Is standard output a terminal?
bool is_terminal();

/// How many columns standard output has: at least 40, at most `most`, which
/// it also is where there is no terminal.
std::size_t terminal_width(std::size_t most = 110);

/// How many lines standard output has; 50 where it is no terminal.
std::size_t terminal_height();

/// The text with lines of more than `width` columns broken at spaces. What follows is indented like the line, or, in a
/// table, like its last column, which begins after two spaces or more. A word, such as a path, is
/// never broken, nor is code that a compiler shows.
std::string wrapped(std::string_view text, std::size_t width = terminal_width());

/// Prints the text, wrapped.
void print_wrapped(std::string_view text);

/// A text of many lines by its first and its last ones. Between them stands how many are left out; `dropped` of these
/// are no longer in the text, but were where `end` begins. Lines of more than 500 bytes are cut.
std::string shortened(std::string_view begin, std::string_view end, std::size_t dropped, std::size_t first,
                      std::size_t last);

/// A bar of `width` characters, filled in proportion; full only if part == whole, empty only if part == 0.
std::string bar(std::size_t part, std::size_t whole, std::size_t width);

/// How many columns a terminal shows this UTF-8 text in: 2 for a letter of Korean or an emoji, none for an escape
/// sequence.
std::size_t display_width(std::string_view text);

/// The text in exactly so many columns, at least one: filled with spaces, or cut off with "…".
std::string fitted(std::string_view text, std::size_t columns);

/// "1 point", "2 points".
std::string counted(std::size_t count, std::string_view thing);

/// Every line of the text after `spaces` spaces; ends with a newline unless the text is empty. With a limit, the lines
/// after it are replaced by a line with their number.
std::string indented(std::string_view text, std::size_t spaces, std::size_t max_lines = static_cast<std::size_t>(-1));

}  // namespace grader
