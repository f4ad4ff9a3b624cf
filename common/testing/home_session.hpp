#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "testing/session.hpp"

namespace nn {

/// Compares observations with a recorded run of the reference on the public seed, and prints what is wrong.
std::unique_ptr<Session> make_home_session(const std::string& lab, const std::filesystem::path& expected);

}  // namespace nn
