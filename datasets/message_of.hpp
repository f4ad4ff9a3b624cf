#pragma once

#include <exception>
#include <string>

namespace nn {

/// For tests: the message of the exception that the action throws; empty if it does not throw.
template <class Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

}  // namespace nn
