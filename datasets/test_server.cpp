#include "datasets/test_server.hpp"

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace nn {

namespace {

/// Reads a request's header, up to its empty line.
HttpRequest read_request(int client) {
  std::string text;
  std::array<char, 4096> buffer;
  while (text.find("\r\n\r\n") == std::string::npos) {
    const ssize_t count = recv(client, buffer.data(), buffer.size(), 0);
    if (count <= 0) {
      break;
    }
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }

  HttpRequest request;
  const std::size_t begin = text.find(' ') + 1;
  request.path = text.substr(begin, text.find(' ', begin) - begin);
  const std::string range = "\r\nRange: bytes=";
  if (const std::size_t found = text.find(range); found != std::string::npos) {
    request.ranged = true;
    request.start = std::stoul(text.substr(found + range.size()));
  }
  return request;
}

void send_all(int client, const std::string& text) {
  std::size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t count = send(client, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) {
      return;
    }
    sent += static_cast<std::size_t>(count);
  }
}

}  // namespace

TestServer::TestServer(Answer answer) : answer_(std::move(answer)), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
  // Take any free port
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, generic, size) != 0 || listen(listener_, 8) != 0 || getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("the test server cannot listen on 127.0.0.1");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

TestServer::~TestServer() {
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

std::string TestServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

void TestServer::serve() {
  int client = -1;
  while ((client = accept(listener_, nullptr, nullptr)) >= 0) {
    const HttpRequest request = read_request(client);
    ++requests_;
    send_all(client, answer_(request));
    close(client);
  }
}

std::string http_answer(const std::string& status, std::size_t length, const std::string& body,
                        const std::string& headers) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(length) + "\r\nConnection: close\r\n" +
         headers + "\r\n" + body;
}

std::string serve_content(const HttpRequest& request, const std::string& content) {
  if (!request.ranged) {
    return http_answer("200 OK", content.size(), content);
  }
  if (request.start >= content.size()) {
    return http_answer("416 Range Not Satisfiable", 0, "");
  }
  const std::string rest = content.substr(request.start);
  return http_answer("206 Partial Content", rest.size(), rest,
                     "Content-Range: bytes " + std::to_string(request.start) + "-" +
                         std::to_string(content.size() - 1) + "/" + std::to_string(content.size()) + "\r\n");
}

}  // namespace nn
