#include "plot/plot.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <stdlib.h>
#include <system_error>

#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "plot/gnuplot.hpp"
#include "plot/script.hpp"
#include "tensor/random.hpp"
#include "tensor/shape.hpp"

namespace {

using nn::HeatMap;
using nn::IdVector;
using nn::ImageGrid;
using nn::LinePlot;
using nn::Matrix;
using nn::Panel;
using nn::Real;
using nn::zeros;

Matrix some_matrix(std::size_t rows, std::size_t columns) {
  nn::Random random(1);
  Matrix x = zeros({rows, columns});
  nn::fill_normal(nn::values(x), random, 0, 1);
  return x;
}

/// Width and height from the header of a PNG.
std::pair<unsigned, unsigned> png_size(const std::string& png) {
  REQUIRE(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
  const auto number = [&png](std::size_t at) {
    unsigned value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value = value * 256 + static_cast<unsigned char>(png.at(at + i));
    }
    return value;
  };
  return {number(16), number(20)};
}

std::vector<Panel> every_kind() {
  return {LinePlot{.title = "loss",
                   .x_label = "step",
                   .y_label = "loss",
                   .curves = {{"training", {3, 2, 1}}, {"test", {3, 2.5}, {1, 3}}, {"best", {1}, {3}, false}},
                   .log_y = true},
          ImageGrid{.title = "digits", .images = some_matrix(3, 784), .captions = {"3 → 5", "", "it's"}},
          ImageGrid{.title = "weights", .images = some_matrix(10, 6), .height = 2, .width = 3, .diverging = true},
          HeatMap{.title = "attention",
                  .values = some_matrix(2, 3),
                  .row_names = {"a", "b"},
                  .column_names = {"a rather long name", "d", "e"}},
          nn::confusion_matrix("confusion", IdVector{0, 1, 1}, IdVector{0, 1, 0}, 2)};
}

/// Sets an environment variable until the end of the test.
class Setting {
 public:
  Setting(const char* name, const std::string& value) : name_(name), before_(::getenv(name)) {
    ::setenv(name, value.c_str(), 1);
  }
  ~Setting() { ::setenv(name_, before_.c_str(), 1); }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;

 private:
  const char* name_;
  std::string before_;
};

}  // namespace

TEST_CASE("save_figure writes a PNG of the size of its panels and nothing else") {
  const nn::ScratchFolder scratch;
  nn::save_figure(scratch.path() / "all.png", every_kind());
  CHECK(png_size(nn::read_whole(scratch.path() / "all.png")) == std::pair(1280U, 1500U));
  nn::save_figure(scratch.path() / "one.png", {every_kind().front()}, 5);
  CHECK(png_size(nn::read_whole(scratch.path() / "one.png")) == std::pair(640U, 500U));
  CHECK(scratch.names() == std::vector<std::string>{"all.png", "one.png"});
}

TEST_CASE("save_figure writes an SVG that holds its texts and its images") {
  const nn::ScratchFolder scratch;
  nn::save_figure(scratch.path() / "all.svg", every_kind(), 3);
  const std::string svg = nn::read_whole(scratch.path() / "all.svg");
  CHECK(svg.find("width=\"1920\" height=\"1000\"") != std::string::npos);
  CHECK(svg.find("attention") != std::string::npos);
  CHECK(svg.find("3 → 5") != std::string::npos);
  CHECK(svg.find("━ training") != std::string::npos);
  CHECK(svg.find("● best") != std::string::npos);
  CHECK(svg.find("<image style='image-rendering:pixelated'") != std::string::npos);
  CHECK(svg.find("data:image/png;base64") != std::string::npos);
  CHECK(scratch.names() == std::vector<std::string>{"all.svg"});
}

TEST_CASE("save_figure marks points and leaves out those that no axis can show") {
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  const nn::ScratchFolder scratch;
  nn::save_figure(scratch.path() / "marks.svg",
                  {LinePlot{.curves = {{"loss", {3, 1, 2}}}, .marks = {{"lowest", 2, 1}, {"lost", not_a_number, 1}}},
                   LinePlot{.marks = {{"alone", 1, 1}, {"below", 1, -1}}, .log_y = true}});
  const std::string svg = nn::read_whole(scratch.path() / "marks.svg");
  CHECK(svg.find("lowest") != std::string::npos);
  CHECK(svg.find("alone") != std::string::npos);
  CHECK(svg.find("lost") == std::string::npos);
  CHECK(svg.find("below") == std::string::npos);
}

TEST_CASE("save_figure numbers a short logarithmic axis by ones, twos and fives") {
  const nn::ScratchFolder scratch;
  nn::save_figure(scratch.path() / "axis.svg", {LinePlot{.curves = {{"loss", {0.3, 0.6, 0.4}}}, .log_y = true}});
  CHECK(nn::read_whole(scratch.path() / "axis.svg").find("0.5") != std::string::npos);
}

TEST_CASE("save_figure takes panels with nothing to draw") {
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "empty.png";
  Matrix strange = zeros({1, 4});
  strange(0, 0) = static_cast<Real>(not_a_number);
  strange(0, 1) = static_cast<Real>(infinity);
  for (const bool log : {false, true}) {
    nn::save_figure(
        path, {LinePlot{}, LinePlot{.curves = {{"a", {}}, {"b", {not_a_number, infinity}}}, .log_x = log, .log_y = log},
               LinePlot{.curves = {{"a", {-1, 0}}, {"b", {5}}}, .log_y = log},
               LinePlot{.curves = {{"", {0, 0, 0}}}, .log_y = log},
               LinePlot{.curves = {{"", {1e300, -1e300, 1e-300}}}, .log_y = log}, ImageGrid{},
               ImageGrid{.images = zeros({2, 784}), .diverging = log}, HeatMap{},
               ImageGrid{.images = strange, .height = 2, .width = 2, .diverging = log},
               HeatMap{.values = strange, .texts = {"", "", "", "a"}}});
    CHECK(png_size(nn::read_whole(path)) == std::pair(1280U, 2500U));
  }
}

TEST_CASE("save_figure shows texts as they are and runs none of them") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "text.svg";
  const std::string evil =
      "'; system('touch " + (scratch.path() / "evil").string() + "'); '\n!date\n`date` @x {a_b}^2 $x";
  nn::save_figure(path, {LinePlot{.title = evil, .x_label = evil, .y_label = evil, .curves = {{evil, {1, 2}}}},
                         HeatMap{.title = evil, .values = zeros({1, 1}), .row_names = {evil}, .texts = {evil}}});
  CHECK(nn::read_whole(path).find("`date` @x {a_b}^2 $x") != std::string::npos);
  CHECK(scratch.names() == std::vector<std::string>{"text.svg"});
}

TEST_CASE("save_figure refuses parts that do not fit each other") {
  const auto save = [](const Panel& panel) { nn::save_figure("never.png", {panel}); };
  CHECK_THROWS_WITH_AS(save(LinePlot{.curves = {{"a", {1, 2}, {1}}}}),
                       "LinePlot: curve \"a\" has 1 x values and 2 y values", nn::ShapeError);
  CHECK_THROWS_WITH_AS(save(ImageGrid{.images = zeros({2, 783})}),
                       "ImageGrid: images has shape (2, 783), expected (any, 784)", nn::ShapeError);
  CHECK_THROWS_WITH_AS(save(ImageGrid{.images = zeros({2, 784}), .captions = {"a"}}),
                       "ImageGrid: 1 captions, expected 2 or none", nn::ShapeError);
  CHECK_THROWS_AS(save(ImageGrid{.images = zeros({2, 784}), .columns = 0}), nn::ShapeError);
  CHECK_THROWS_WITH_AS(save(HeatMap{.values = zeros({2, 3}), .row_names = {"a", "b", "c"}}),
                       "HeatMap: 3 row names, expected 2 or none", nn::ShapeError);
  CHECK_THROWS_AS(save(HeatMap{.values = zeros({2, 3}), .column_names = {"a"}}), nn::ShapeError);
  CHECK_THROWS_AS(save(HeatMap{.values = zeros({2, 3}), .texts = {"a"}}), nn::ShapeError);
}

TEST_CASE("save_figure refuses another ending and no panel and a folder that is not there") {
  const nn::ScratchFolder scratch;
  CHECK_THROWS_WITH_AS(nn::save_figure("loss.jpg", {LinePlot{}}),
                       "save_figure: the name loss.jpg must end in .png or .svg", std::invalid_argument);
  CHECK_THROWS_AS(nn::save_figure("loss.png", {}), std::invalid_argument);
  CHECK_THROWS_AS(nn::save_figure("loss.png", {LinePlot{}}, 0), std::invalid_argument);
  CHECK_THROWS_AS(nn::save_figure("/dev/null/loss.png", {LinePlot{}}), std::system_error);
}

TEST_CASE("save_figure leaves an older picture when it fails") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "loss.png";
  std::ofstream(path) << "older";
  const Setting no_programs("PATH", scratch.path().string());
  CHECK_THROWS_WITH_AS(nn::save_figure(path, {LinePlot{}}),
                       "gnuplot is not installed; install it with: apt-get install gnuplot-nox fonts-dejavu-core",
                       std::runtime_error);
  CHECK(nn::read_whole(path) == "older");
}

TEST_CASE("save_figure names the package when there is no font for Korean text") {
  const nn::ScratchFolder scratch;
  std::ofstream(scratch.path() / "fc-list") << "#!/bin/sh\n";
  std::filesystem::permissions(scratch.path() / "fc-list", std::filesystem::perms::owner_all);
  const Setting fake("PATH", scratch.path().string() + ":" + ::getenv("PATH"));
  CHECK_THROWS_WITH_AS(
      nn::save_figure(scratch.path() / "a.png", {LinePlot{.title = "손실"}}),
      "save_figure: there is no font for the Korean text; install one with: apt-get install fonts-nanum",
      std::runtime_error);
  CHECK_NOTHROW(nn::save_figure(scratch.path() / "a.png", {LinePlot{.title = "3 → 5"}}));
}

TEST_CASE("Korean text is written in a font that has its syllables") {
  const nn::ScratchFolder scratch;
  const auto path = scratch.path() / "loss.svg";
  nn::save_figure(path, {LinePlot{.title = "손실", .x_label = "epoch", .curves = {{"훈련", {2, 1}}}}});
  const std::string svg = nn::read_whole(path);
  CHECK(svg.find("font-family=\"NanumGothic,sans-serif\"") != std::string::npos);
  CHECK(svg.find("font-family=\"DejaVu Sans,Verdana,sans-serif\"") != std::string::npos);
  CHECK(svg.find("손실") != std::string::npos);
  CHECK(nn::text_width("손실", 10) > nn::text_width("ab", 10));
  CHECK_FALSE(nn::has_hangul("3 → 5 é"));
}

TEST_CASE("run_gnuplot reports what gnuplot complains of") {
  try {
    nn::run_gnuplot("no such command\n");
    FAIL("no error");
  } catch (const std::runtime_error& error) {
    CHECK(std::string(error.what()).find("invalid command") != std::string::npos);
  }
}

TEST_CASE("confusion_matrix counts what was taken for what") {
  const IdVector labels = {0, 1, 1, 1, 1};
  const IdVector predictions = {0, 1, 1, 1, 2};
  const HeatMap map = nn::confusion_matrix("test", labels, predictions, 3);
  CHECK(map.texts == std::vector<std::string>{"1", "", "", "", "3", "1", "", "", ""});
  CHECK(map.values(0, 0) == 1);
  CHECK(map.values(1, 2) == Real{0.5});
  CHECK(map.values(2, 2) == 0);
  CHECK(map.row_names == std::vector<std::string>{"0", "1", "2"});
  CHECK_THROWS_AS(nn::confusion_matrix("test", labels, IdVector{0}, 3), nn::ShapeError);
  CHECK_THROWS_AS(nn::confusion_matrix("test", labels, predictions, 2), nn::IdError);
}

TEST_CASE("gnuplot_text leaves no way out of its quotes") {
  CHECK(nn::gnuplot_text("it's") == "'it’s'");
  CHECK(nn::gnuplot_text("two\nlines\\n") == "'two lines\\n'");
}
