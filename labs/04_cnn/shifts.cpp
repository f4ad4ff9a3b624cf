// ./course run 04 shifts: lab 02's MLP on digits that were moved by a few pixels. Needs nothing of this lab.
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "04_cnn/shifted.hpp"
#include "datasets/sources.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"

namespace {

using namespace nn;

/// The same four digits, moved to the right by 0 to 6 pixels, and what the MLP takes them for.
ImageGrid moved_digits(const MLP& model, const Images& test) {
  ImageGrid grid{.title = "digits moved to the right, and what they are taken for", .columns = farthest_shift + 1};
  grid.images = zeros({4 * grid.columns, image_size});
  const Images some = first_images(test, 4);
  for (int shift = 0; shift <= farthest_shift; ++shift) {
    const Matrix pixels = shift_images(some.pixels, shift, 0);
    for (std::size_t n = 0; n < 4; ++n) {
      std::ranges::copy(row(pixels, n), row(grid.images, n * grid.columns + static_cast<std::size_t>(shift)).begin());
    }
  }
  for (const Id taken_for : model.predict(grid.images)) {
    grid.captions.push_back(std::to_string(taken_for));
  }
  return grid;
}

void run(const std::string& source, const std::string& out, std::uint64_t seed) {
  std::filesystem::create_directories(out);
  const ImageSets data = load_image_sets(source, 10'000, 2'000, seed);
  const MLP model = trained_mlp(data.train, 10, seed);
  const std::vector<double> right = accuracy_by_shift(data.test, [&](const Matrix& x) { return model.predict(x); });
  LinePlot plot{.title = "lab 02's MLP, test digits moved by some pixels",
                .x_label = "pixels",
                .y_label = "right, in %",
                .curves = {{.name = "MLP", .y = right}}};
  fmt::print("moved by   right\n");
  for (std::size_t shift = 0; shift < right.size(); ++shift) {
    plot.curves[0].x.push_back(static_cast<double>(shift));
    fmt::print("{} pixels {:>6.1f} %\n", shift, right[shift]);
  }
  save_figure(out + "/shifts.png", {plot, moved_digits(model, data.test)});
  fmt::print("\nPicture: {}/shifts.png\n", out);
}

}  // namespace

int main(int argc, char** argv) {
  std::string data = "digits";
  std::string out = "out/04_cnn";
  std::uint64_t seed = 1;
  nn::ProgramOptions program("Shows lab 02's MLP digits that were moved by a few pixels.", "./course run 04 shifts");
  nn::add_image_source(program, data);
  program.text("--out", out, "folder for the picture");
  program.number("--seed", seed, "seed of weights, order and drawn digits");
  return nn::run_program(program, argc, argv, [&] { run(data, out, seed); });
}
