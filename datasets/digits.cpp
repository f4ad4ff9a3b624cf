#include "datasets/digits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "datasets/digit_shapes.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

/// Where the pen is, in pixels, and half the width of its line there.
struct Dot {
  double x = 0;
  double y = 0;
  double radius = 0;
};
using PenPath = std::vector<Dot>;

/// How one image differs from the next. Sizes are in pixels.
struct Hand {
  double width, height;     // of the shape before slant and turn
  double slant, turn;       // how much it leans, relative to its height; tangent of half the angle
  double bend_x, bend_y;    // how far the middle of the shape is moved
  double shift_x, shift_y;  // of the middle from the middle of the image
  double radius;            // half the width of the line
  double edge;              // the width over which ink fades to paper
  double ink;               // how black the line is
  Real noise;               // the maximum that noise adds to or subtracts from a pixel
};

Hand draw_hand(Random& random) {
  Hand hand;
  hand.width = random.uniform(9, 16);
  hand.height = random.uniform(16, 20);
  hand.slant = random.normal(Real(0.12), Real(0.2));
  hand.turn = random.normal(0, Real(0.06));
  hand.bend_x = random.normal(0, Real(0.12));
  hand.bend_y = random.normal(0, Real(0.08));
  hand.shift_x = random.uniform(-2, 2);
  hand.shift_y = random.uniform(Real(-1.5), Real(1.5));
  hand.radius = random.uniform(Real(0.7), Real(1.7));
  hand.edge = random.uniform(1, 2);
  hand.ink = random.uniform(Real(0.8), 1);
  hand.noise = random.uniform(0, Real(0.12));
  return hand;
}

/// Places a point of the unit square in the image.
Point place(Point point, const Hand& hand) {
  // Bend the shape like a sheet of paper, then slant and scale it about its middle
  const double u = 2 * point.x - 1;
  const double v = 2 * point.y - 1;
  const double x = (u + hand.bend_x * (1 - v * v)) * hand.width / 2 - hand.slant * v * hand.height / 2;
  const double y = (v + hand.bend_y * (1 - u * u)) * hand.height / 2;

  // Turn it; with t = tan(angle / 2), cos = (1 - t^2) / (1 + t^2) and sin = 2 t / (1 + t^2) need no library function
  const double t = hand.turn;
  const double cosine = (1 - t * t) / (1 + t * t);
  const double sine = 2 * t / (1 + t * t);
  return {image_width / 2.0 + hand.shift_x + cosine * x - sine * y,
          image_height / 2.0 + hand.shift_y + sine * x + cosine * y};
}

/// The points of a stroke, moved a little as by an unsteady hand. A corner stays a corner: its two points move
/// together.
PenPath put_down(const Stroke& stroke, const Hand& hand, Random& random) {
  PenPath dots;
  for (std::size_t i = 0; i < stroke.size(); ++i) {
    if (i > 0 && stroke[i] == stroke[i - 1]) {
      dots.push_back(dots.back());
      continue;
    }
    const Real dx = random.normal(0, Real(0.035));
    const Real dy = random.normal(0, Real(0.03));
    const Point point = place({stroke[i].x + dx, stroke[i].y + dy}, hand);
    dots.push_back({point.x, point.y, hand.radius * random.uniform(Real(0.8), Real(1.2))});
  }
  return dots;
}

/// The point at s in [0, 1] between b and c on the curve through a, b, c, d (Catmull and Rom 1974).
double spline(double a, double b, double c, double d, double s) {
  return b + s / 2 * (c - a + s * (2 * a - 5 * b + 4 * c - d + s * (3 * (b - c) + d - a)));
}

/// Closely spaced dots on the smooth curve through the given ones.
PenPath smooth(const PenPath& dots) {
  constexpr int pieces = 6;
  PenPath path{dots.front()};
  const auto same = [](const Dot& p, const Dot& q) { return p.x == q.x && p.y == q.y; };
  for (std::size_t i = 0; i + 1 < dots.size(); ++i) {
    const Dot& b = dots[i];
    const Dot& c = dots[i + 1];
    if (same(b, c)) {
      continue;
    }
    const Dot& a = dots[i == 0 ? 0 : i - 1];
    const Dot& d = dots[std::min(i + 2, dots.size() - 1)];
    for (int piece = 1; piece <= pieces; ++piece) {
      const double s = static_cast<double>(piece) / pieces;
      path.push_back(
          {spline(a.x, b.x, c.x, d.x, s), spline(a.y, b.y, c.y, d.y, s), b.radius + s * (c.radius - b.radius)});
    }
  }
  return path;
}

/// The distance of every pixel from the nearest line; negative inside a line.
using Distances = std::array<double, image_size>;

/// Updates the distances with the line between p and q, where it is nearer, up to `reach` from the line.
void add_line(const Dot& p, const Dot& q, double reach, Distances& distances) {
  // Find the pixels that are close enough to the line
  const auto clamp_to = [](double value, std::size_t size) {
    return static_cast<std::size_t>(std::clamp(value, 0.0, static_cast<double>(size)));
  };
  const double radius = std::max(p.radius, q.radius) + reach;
  const std::size_t left = clamp_to(std::min(p.x, q.x) - radius, image_width);
  const std::size_t right = clamp_to(std::max(p.x, q.x) + radius + 1, image_width);
  const std::size_t top = clamp_to(std::min(p.y, q.y) - radius, image_height);
  const std::size_t bottom = clamp_to(std::max(p.y, q.y) + radius + 1, image_height);

  // Measure the distance of each from its centre to the nearest point p + s (q - p)
  const double dx = q.x - p.x;
  const double dy = q.y - p.y;
  const double scale = 1 / std::max(dx * dx + dy * dy, 1e-12);
  for (std::size_t row = top; row < bottom; ++row) {
    for (std::size_t column = left; column < right; ++column) {
      const double x = static_cast<double>(column) + 0.5 - p.x;
      const double y = static_cast<double>(row) + 0.5 - p.y;
      const double s = std::clamp((x * dx + y * dy) * scale, 0.0, 1.0);
      const double away_x = x - s * dx;
      const double away_y = y - s * dy;
      const double distance = std::sqrt(away_x * away_x + away_y * away_y) - p.radius - s * (q.radius - p.radius);
      double& nearest = distances[row * image_width + column];
      nearest = std::min(nearest, distance);
    }
  }
}

/// Draws one digit into the 784 pixels of its image.
void draw_digit(Id digit, std::span<Real> pixels, Random& random) {
  // Choose a shape and a style
  const std::vector<DigitShape>& shapes = digit_shapes(digit);
  const DigitShape& shape = shapes[random.below(shapes.size())];
  const Hand hand = draw_hand(random);

  // Follow the strokes with the pen
  Distances distances;
  distances.fill(std::numeric_limits<double>::max());
  for (const Stroke& stroke : shape) {
    const PenPath path = smooth(put_down(stroke, hand, random));
    for (std::size_t i = 1; i < path.size(); ++i) {
      add_line(path[i - 1], path[i], hand.edge, distances);
    }
  }

  // Let the ink fade across the edge, add noise, and round to the 256 greys
  for (std::size_t i = 0; i < image_size; ++i) {
    const double cover = std::clamp(0.5 - distances[i] / hand.edge, 0.0, 1.0);
    const double grey = hand.ink * cover + random.uniform(-hand.noise, hand.noise);
    pixels[i] = static_cast<Real>(std::floor(std::clamp(grey, 0.0, 1.0) * 255 + 0.5) / 255);
  }
}

}  // namespace

Matrix draw_digits_of(const IdVector& labels, Random& random) {
  check_ids("draw_digits_of", labels, 10);
  Matrix pixels = Matrix::from_shape({labels.size(), image_size});
  for (std::size_t i = 0; i < labels.size(); ++i) {
    draw_digit(labels(i), row(pixels, i), random);
  }
  return pixels;
}

Images draw_digits(std::size_t count, Random& random) {
  IdVector labels = IdVector::from_shape({count});
  for (Id& label : labels) {
    label = random.below(10);
  }
  Matrix pixels = draw_digits_of(labels, random);
  return {std::move(pixels), std::move(labels)};
}

}  // namespace nn
