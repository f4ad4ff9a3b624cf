#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "testing/session.hpp"

namespace nn {

/// Compares what it observes with a recorded run of the reference on the public seed, and says what is wrong in words.
std::unique_ptr<Session> make_home_session(const std::string& lab, const std::filesystem::path& expected);

}  // namespace nn
