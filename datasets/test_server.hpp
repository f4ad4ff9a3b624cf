#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <thread>

namespace nn {

/// A client's request.
struct HttpRequest {
  std::string path;       // "/file"
  bool ranged = false;    // did it ask for a part without the beginning?
  std::size_t start = 0;  // where the part starts
};

/// A web server on this computer that answers one request at a time with exactly the bytes that `answer` returns, then
/// closes the connection, so that a test can make it misbehave in any way.
class TestServer {
 public:
  using Answer = std::function<std::string(const HttpRequest&)>;
  explicit TestServer(Answer answer);
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;
  ~TestServer();

  /// The address of a path: "http://127.0.0.1:PORT/file" of "/file".
  std::string url(const std::string& path) const;

  /// The number of answered requests.
  int requests() const { return requests_; }

 private:
  void serve();

  Answer answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> requests_ = 0;
  std::thread thread_;
};

/// An HTTP answer: the status, such as "200 OK", the announced length of the body, and the body.
std::string http_answer(const std::string& status, std::size_t length, const std::string& body,
                        const std::string& headers = "");

/// The answer of a well-behaved server with `content`: whole, or from the requested start.
std::string serve_content(const HttpRequest& request, const std::string& content);

}  // namespace nn
