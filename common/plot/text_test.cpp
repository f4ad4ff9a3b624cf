#include "plot/text.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <limits>

#include "tensor/shape.hpp"

namespace {

using nn::Real;
const double missing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("sparkline shows the smallest number lowest and the largest highest") {
  CHECK(nn::sparkline(std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7}) == "▁▂▃▄▅▆▇█");
  CHECK(nn::sparkline(std::vector<double>{-5, 5, -5}) == "▁█▁");
  CHECK(nn::sparkline(std::vector<double>{3, 3}) == "▁▁");
  CHECK(nn::sparkline(std::vector<double>{1, missing, 2}) == "▁ █");
  CHECK(nn::sparkline(std::vector<double>{missing, std::numeric_limits<double>::infinity()}) == "  ");
  CHECK(nn::sparkline({}).empty());
}

TEST_CASE("sparkline shows the means of the parts of a long series") {
  CHECK(nn::sparkline(std::vector<double>{0, 2, 3, 5, 8, 8}, 3) == "▁▄█");
  CHECK(nn::sparkline(std::vector<double>(1000, 1.0), 5) == "▁▁▁▁▁");
  CHECK(nn::sparkline(std::vector<double>{1, 2}, 0).empty());
}

TEST_CASE("text_curve spreads the numbers over its lines and names the ends") {
  CHECK(nn::text_curve(std::vector<double>{2, 1, 0.5, 0.25, 0}, 10, 2) ==
        "        2 ┤█▁   \n"
        "        0 ┤██▅▃▁\n");
  CHECK(nn::text_curve(std::vector<double>{0, 23}, 10, 3) ==
        "       23 ┤ █\n"
        "          │ █\n"
        "        0 ┤▁█\n");
}

TEST_CASE("text_image packs two rows of pixels into a line") {
  const std::vector<Real> pixels = {0, 1, 0,    1,  //
                                    0, 0, 1,    1,  //
                                    1, 0, 0.4F, 0.6F};
  CHECK(nn::text_image(pixels, 4) == " ▀▄█\n▀  ▀\n");
  CHECK(nn::text_image(std::vector<Real>(4, 1), 2) == "  \n");
  CHECK(nn::text_image({}, 3).empty());
  CHECK_THROWS_WITH_AS(nn::text_image(pixels, 5), "text_image: 12 pixels cannot be split into rows of 5",
                       nn::ShapeError);
}

TEST_CASE("bar_chart draws the bars to an eighth of a character and lines up the numbers") {
  CHECK(nn::bar_chart({{"cat", 0.5}, {"mouse", 0.25}, {"", 0.03125}, {"no", -1}}, 4) ==
        "cat   ████ 0.5\n"
        "mouse ██   0.25\n"
        "      ▎    0.0312\n"
        "no         -1\n");
  CHECK(nn::bar_chart({{"고양이", 1}, {"cat", 2}}, 2) ==
        "고양이 █  1\n"
        "cat    ██ 2\n");
  CHECK(nn::bar_chart({{"a", missing}, {"b", 0}}, 2) ==
        "a    nan\n"
        "b    0\n");
  CHECK(nn::bar_chart({}).empty());
}
