#include "testing/testing.hpp"

#include <deque>

namespace nn {

void points::fill(doctest::detail::TestCase& test) const {
  // doctest keeps a test's description as a bare pointer, so the text must live as long as the program
  static std::deque<std::string> texts;
  test.m_description = texts.emplace_back(std::to_string(count)).c_str();
}

}  // namespace nn
