#include "home/data_command.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <sstream>
#include <utility>

#include "datasets/test_server.hpp"
#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "system/text.hpp"

namespace nn {
namespace {

namespace fs = std::filesystem;

// 300,000 bytes, and their hash by sha256sum.
std::string make_content() {
  std::string content;
  for (int i = 0; i < 300'000; ++i) {
    content += static_cast<char>('a' + i % 23);
  }
  return content;
}
const std::string content = make_content();
const std::string content_hash = "c6d3b1ba3f99cc6c2ec9b02182bcb40f959d8494357d7c20886e649414b40a4f";

/// A catalogue with the one dataset `letters` of one file, empty folders, and the command to try.
struct Desk {
  ScratchFolder folder;
  grader::DataPlaces places{folder.path() / "catalogue.json", {folder.path() / "shared", folder.path() / "downloads"}};
  fs::path file = places.folders[1] / "letters" / "letters.txt";
  fs::path part = places.folders[1] / "letters" / "letters.txt.part";
  std::string output;
  std::string errors;

  /// `urls` are the file's mirrors.
  explicit Desk(const std::vector<std::string>& urls) {
    setenv("no_proxy", "127.0.0.1", 1);
    std::string list;
    for (const std::string& url : urls) {
      list += (list.empty() ? "\"" : ", \"") + url + "\"";
    }
    write_whole(places.catalogue, R"({"letters": {"title": "Many letters", "licence": "free to all", "files": [
      {"name": "letters.txt", "bytes": 300000, "sha256": ")" +
                                      content_hash + R"(", "urls": [)" + list + "]}]}}");
  }

  int run(const std::vector<std::string>& arguments) {
    std::ostringstream output_stream;
    std::ostringstream error_stream;
    const int status = grader::data_command(places, arguments, output_stream, error_stream);
    output = output_stream.str();
    errors = error_stream.str();
    return status;
  }
};

std::string serve_good(const HttpRequest& request) { return serve_content(request, content); }

/// Announces everything and hangs up after the first 100,000 bytes.
std::string serve_cut(const HttpRequest&) { return http_answer("200 OK", content.size(), content.substr(0, 100'000)); }

/// Ignores what the request leaves out.
std::string serve_whole(const HttpRequest&) { return http_answer("200 OK", content.size(), content); }

std::string serve_404(const HttpRequest&) { return http_answer("404 Not Found", 4, "gone"); }

TEST_CASE("get downloads a file under its name and says where it is") {
  const TestServer server(serve_good);
  Desk desk({server.url("/letters.txt")});
  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(read_whole(desk.file) == content);
  CHECK(!fs::exists(desk.part));
  CHECK(grader::contains(desk.output, "Licence: free to all"));
  CHECK(grader::contains(desk.output, "letters is in " + desk.file.parent_path().string()));
}

TEST_CASE("get asks no server if everything is here and good") {
  const TestServer server(serve_404);
  Desk desk({server.url("/letters.txt")});
  write_whole(desk.file, content);
  const auto written = fs::last_write_time(desk.file);
  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(grader::contains(desk.output, "letters is here and complete"));
  CHECK(fs::last_write_time(desk.file) == written);
  CHECK(server.requests() == 0);
}

TEST_CASE("a download that is cut off is kept and continues from there") {
  bool first = true;
  std::size_t start = 0;
  const TestServer server([&](const HttpRequest& request) {
    start = request.start;
    return std::exchange(first, false) ? serve_cut(request) : serve_good(request);
  });
  Desk desk({server.url("/letters.txt")});
  CHECK(desk.run({"get", "letters"}) == 1);
  CHECK(grader::contains(desk.errors, "the connection was cut; what has arrived is kept"));
  CHECK(!fs::exists(desk.file));
  CHECK(fs::file_size(desk.part) == 100'000);

  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(start == 100'000);
  CHECK(read_whole(desk.file) == content);
  CHECK(server.requests() == 2);
}

TEST_CASE("the next mirror continues where the first was cut off") {
  const TestServer cut(serve_cut);
  const TestServer good(serve_good);
  Desk desk({cut.url("/letters.txt"), good.url("/letters.txt")});
  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(read_whole(desk.file) == content);
}

TEST_CASE("a server that cannot continue a download sends the whole file again") {
  const TestServer server(serve_whole);
  Desk desk({server.url("/letters.txt")});
  write_whole(desk.part, content.substr(0, 1000));
  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(grader::contains(desk.output, "Starting again"));
  CHECK(read_whole(desk.file) == content);
}

TEST_CASE("a part with another beginning is dropped and the file downloaded again") {
  const TestServer server(serve_good);
  Desk desk({server.url("/letters.txt")});
  write_whole(desk.part, std::string(1000, 'x'));
  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(read_whole(desk.file) == content);
}

TEST_CASE("a part that is complete needs no server and one that is too long is dropped") {
  const TestServer server(serve_good);
  Desk desk({server.url("/letters.txt")});
  write_whole(desk.part, content);
  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(server.requests() == 0);

  fs::remove(desk.file);
  write_whole(desk.part, content + "x");
  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(read_whole(desk.file) == content);
}

TEST_CASE("a wrong hash is reported with both hashes and leaves nothing behind") {
  const TestServer server([](const HttpRequest& request) { return serve_content(request, std::string(300'000, 'x')); });
  Desk desk({server.url("/letters.txt")});
  CHECK(desk.run({"get", "letters"}) == 1);
  CHECK(grader::contains(desk.errors, "expected sha256 " + content_hash));
  CHECK(grader::contains(desk.errors, "got      sha256 "));
  CHECK(!fs::exists(desk.file));
  CHECK(!fs::exists(desk.part));
}

TEST_CASE("a wrong download does not touch the other files of the dataset or an older file of that name") {
  const TestServer server([](const HttpRequest& request) { return serve_content(request, std::string(300'000, 'x')); });
  Desk desk({server.url("/letters.txt")});
  write_whole(desk.file, "older");
  write_whole(desk.file.parent_path() / "other.txt", "good");
  CHECK(desk.run({"get", "letters"}) == 1);
  CHECK(read_whole(desk.file) == "older");
  CHECK(read_whole(desk.file.parent_path() / "other.txt") == "good");
}

TEST_CASE("a file of another size is refused whether longer or shorter") {
  for (const std::size_t size : {std::size_t{299'999}, std::size_t{300'001}}) {
    const TestServer server([&](const HttpRequest& request) { return serve_content(request, std::string(size, 'a')); });
    Desk desk({server.url("/letters.txt")});
    CHECK(desk.run({"get", "letters"}) == 1);
    CHECK(grader::contains(desk.errors,
                           size < 300'000 ? "has 299999 bytes, expected 300000" : "larger than the catalogue"));
    CHECK(!fs::exists(desk.file));
    CHECK(!fs::exists(desk.part));
  }
}

TEST_CASE("a damaged download is replaced by get") {
  const TestServer server(serve_good);
  Desk desk({server.url("/letters.txt")});
  write_whole(desk.file, std::string(300'000, 'x'));
  CHECK(desk.run({"verify", "letters"}) == 1);
  CHECK(grader::contains(desk.output, "To repair it, run: ./course data get letters"));
  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(read_whole(desk.file) == content);
  CHECK(desk.run({"verify", "letters"}) == 0);
}

TEST_CASE("where one mirror has no such file the next is asked") {
  const TestServer empty(serve_404);
  const TestServer good(serve_good);
  Desk desk({empty.url("/letters.txt"), good.url("/letters.txt")});
  CHECK(desk.run({"get", "letters"}) == 0);
  CHECK(read_whole(desk.file) == content);
  CHECK(grader::contains(desk.output, "the server refused"));
}

TEST_CASE("where no mirror has the file the error says what each answered and what to do") {
  const TestServer server(serve_404);
  Desk desk({server.url("/one"), server.url("/two")});
  CHECK(desk.run({"get", "letters"}) == 1);
  CHECK(grader::contains(desk.errors, "no mirror has sent letters.txt"));
  CHECK(grader::contains(desk.errors, server.url("/one")));
  CHECK(grader::contains(desk.errors, server.url("/two")));
  CHECK(grader::contains(desk.errors, "put it at " + desk.file.string()));
  CHECK(!fs::exists(desk.file));
}

TEST_CASE("without a server the error asks for the network") {
  std::string url;
  {
    const TestServer server(serve_404);
    url = server.url("/letters.txt");
  }
  Desk desk({url});
  CHECK(desk.run({"get", "letters"}) == 1);
  CHECK(grader::contains(desk.errors, "the server cannot be reached; is there a network connection?"));
}

TEST_CASE("a full disk ends the download at once") {
  const TestServer server(serve_good);
  Desk desk({server.url("/one"), server.url("/two")});
  fs::create_directories(desk.part.parent_path());
  fs::create_symlink("/dev/full", desk.part);
  CHECK(desk.run({"get", "letters"}) == 1);
  CHECK(grader::contains(desk.errors, "is the disk full?"));
  CHECK(server.requests() == 1);
}

TEST_CASE("a name that is nearly right is suggested") {
  Desk desk({"http://127.0.0.1:9/letters.txt"});
  for (const char* action : {"get", "path", "verify"}) {
    CHECK(desk.run({action, "leters"}) == 1);
    CHECK(grader::contains(desk.errors, "there is no dataset 'leters'. Did you mean 'letters'?"));
  }
}

TEST_CASE("list shows where a dataset is or how to download it") {
  Desk desk({"http://127.0.0.1:9/letters.txt"});
  CHECK(desk.run({"list"}) == 0);
  CHECK(grader::contains(desk.output, "Many letters"));
  CHECK(grader::contains(desk.output, "300.0 kB; licence: free to all"));
  CHECK(grader::contains(desk.output, "not here: ./course data get letters"));
  write_whole(desk.places.folders[0] / "letters" / "letters.txt", content);
  CHECK(desk.run({"list"}) == 0);
  CHECK(grader::contains(desk.output, "here: " + (desk.places.folders[0] / "letters").string()));
}

TEST_CASE("path prints the folder and nothing else") {
  Desk desk({"http://127.0.0.1:9/letters.txt"});
  CHECK(desk.run({"path", "letters"}) == 1);
  CHECK(desk.output.empty());
  CHECK(grader::contains(desk.errors, "./course data get letters"));
  write_whole(desk.file, content);
  CHECK(desk.run({"path", "letters"}) == 0);
  CHECK(desk.output == desk.file.parent_path().string() + "\n");
}

TEST_CASE("verify without a name goes through what is here") {
  Desk desk({"http://127.0.0.1:9/letters.txt"});
  CHECK(desk.run({"verify"}) == 0);
  CHECK(grader::contains(desk.output, "letters is not here"));
  write_whole(desk.file, content);
  CHECK(desk.run({"verify"}) == 0);
  CHECK(grader::contains(desk.output, "letters is complete"));
  write_whole(desk.file, std::string(300'000, 'x'));
  CHECK(desk.run({"verify"}) == 1);
}

TEST_CASE("get names a damaged file in a folder that is looked in before the downloads and leaves it") {
  const TestServer server(serve_good);
  Desk desk({server.url("/letters.txt")});
  const fs::path damaged = desk.places.folders[0] / "letters" / "letters.txt";
  write_whole(damaged, std::string(300'000, 'x'));
  CHECK(desk.run({"get", "letters"}) == 1);
  CHECK(grader::contains(desk.errors, damaged.string()));
  CHECK(read_whole(damaged) == std::string(300'000, 'x'));
}

TEST_CASE("wrong arguments print the usage") {
  Desk desk({"http://127.0.0.1:9/letters.txt"});
  const std::vector<std::vector<std::string>> wrong{{}, {"get"}, {"list", "letters"}, {"path"}, {"fetch", "letters"}};
  for (const auto& arguments : wrong) {
    CHECK(desk.run(arguments) == 2);
    CHECK(grader::contains(desk.errors, "usage: ./course data"));
  }
}

}  // namespace
}  // namespace nn
