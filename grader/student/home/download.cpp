#include "home/download.hpp"

#include <fmt/format.h>
#include <map>
#include <ostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <unistd.h>

#include "system/process.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;
using nn::DataFile;

// Exit statuses of curl (its manual page, "Exit codes").
constexpr int cannot_write = 23;
constexpr int cannot_resume = 33;
constexpr int too_large = 63;

/// The meaning of curl's exit statuses.
std::string meaning(int status) {
  static const std::map<int, std::string> meanings{
      {6, "the server was not found; is there a network connection?"},
      {7, "the server cannot be reached; is there a network connection?"},
      {18, "the connection was cut; what has arrived is kept"},
      {22, "the server refused; curl's line above shows the HTTP status (404: there is no such file)"},
      {28, "the server was too slow; what has arrived is kept"},
      {cannot_resume, "the server cannot continue an earlier download"},
      {35, "no secure connection; is the date of this computer correct?"},
      {52, "the server sent nothing"},
      {56, "the connection was cut; what has arrived is kept"},
      {60, "the certificate of the server is not trusted; is the date of this computer correct?"},
      {too_large, "the server's file is larger than the catalogue says"},
  };
  const auto found = meanings.find(status);
  return found != meanings.end() ? found->second : fmt::format("curl ended with status {}", status);
}

/// Runs curl, which appends to `part`, and returns its exit status.
int run_curl(const DataFile& file, const std::string& url, const fs::path& part) {
  Command curl;
  curl.arguments = {"curl", "--fail", "--location", "--show-error"};
  curl.arguments.insert(curl.arguments.end(), {isatty(STDERR_FILENO) != 0 ? "--progress-bar" : "--silent"});
  curl.arguments.insert(curl.arguments.end(), {"--proto", "=http,https", "--proto-redir", "=http,https"});
  curl.arguments.insert(curl.arguments.end(), {"--connect-timeout", "20", "--speed-time", "60", "--speed-limit", "1"});
  curl.arguments.insert(curl.arguments.end(), {"--max-filesize", std::to_string(file.bytes)});
  curl.arguments.insert(curl.arguments.end(), {"--continue-at", "-", "--output", part.string(), "--url", url});
  curl.wall_limit = std::chrono::hours(24);
  curl.show = true;
  try {
    return run(curl).exit_status;
  } catch (const std::system_error& error) {
    throw std::runtime_error(
        fmt::format("curl cannot be started ({}); install it with: apt-get install curl", error.what()));
  }
}

std::uintmax_t size_of(const fs::path& path) { return fs::is_regular_file(path) ? fs::file_size(path) : 0; }

/// Tries one mirror. Returns what went wrong, or nothing if `part` is now the complete file. A part that cannot be
/// continued is removed.
std::string fetch(const DataFile& file, const std::string& url, const fs::path& part) {
  // A part that has the file's size needs no server
  if (size_of(part) < file.bytes) {
    const int status = run_curl(file, url, part);
    if (status == cannot_write) {
      throw std::runtime_error(part.string() +
                               " cannot be written; is the disk full? What has arrived is kept: free some space, then "
                               "run the same command again");
    }
    if (status == cannot_resume || status == too_large) {
      fs::remove(part);
    }
    if (status != 0) {
      return meaning(status);
    }
  }
  const std::string fault = nn::fault_at(file, part);
  if (!fault.empty()) {
    fs::remove(part);
    return fault + "\n  It was removed.";
  }
  return "";
}

}  // namespace

void download(const DataFile& file, const fs::path& folder, std::ostream& log) {
  fs::create_directories(folder);
  const fs::path part = folder / (file.name + ".part");
  std::string faults;
  for (const std::string& url : file.urls) {
    // If the part of an earlier attempt is useless, start again
    log << fmt::format("{} ({}) from {}\n", file.name, size_text(file.bytes), url) << std::flush;
    const bool resumed = fs::exists(part);
    std::string fault = fetch(file, url, part);
    if (!fault.empty() && resumed && !fs::exists(part)) {
      log << "  " << fault << "\n  Starting again.\n" << std::flush;
      fault = fetch(file, url, part);
    }
    if (fault.empty()) {
      fs::rename(part, folder / file.name);
      return;
    }
    log << "  " << fault << '\n' << std::flush;
    faults += fmt::format("\n  {}: {}", url, fault);
  }
  throw std::runtime_error(
      fmt::format("no mirror has sent {}:{}\nCheck the network, then run the same command again; it continues where it "
                  "stopped. Or download the file in another way and put it at {}",
                  file.name, faults, (folder / file.name).string()));
}

std::string size_text(std::uintmax_t bytes) {
  if (bytes < 1'000'000) {
    return fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3);
  }
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

}  // namespace grader
