#include "class/pages/pages.hpp"

#include <span>

#include "safetensors/safetensors.hpp"

namespace grader {

namespace {

void write_page(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  safetensors::write_whole(path, std::as_bytes(std::span(text)));
}

}  // namespace

void write_pages(const std::filesystem::path& results, const Lab& lab, const std::vector<Grade>& grades) {
  const std::filesystem::path folder = results / lab.name;
  for (const Grade& grade : grades) {
    write_page(folder / "reports" / (grade.result.student + ".html"), student_page(lab, grade));
  }
  write_page(folder / "class.html", class_page(lab, grades));
}

}  // namespace grader
