#include "testing/testing.hpp"

#include <cstdlib>
#include <cxxabi.h>
#include <deque>
#include <memory>

namespace nn {

void points::fill(doctest::detail::TestCase& test) const {
  // doctest keeps a test's description as a bare pointer, so the text must live as long as the program
  static std::deque<std::string> texts;
  test.m_description = texts.emplace_back(std::to_string(count)).c_str();
}

std::string type_name(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status),
                                                    std::free);
  const std::string text = status == 0 ? name.get() : type.name();
  return text.starts_with("nn::") ? text.substr(4) : text;
}

}  // namespace nn
