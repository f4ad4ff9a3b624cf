#include "class/pages/pages.hpp"

#include "class/pages/class_page.hpp"
#include "class/pages/student_page.hpp"
#include "files/whole_file.hpp"

namespace grader {

void write_pages(const std::filesystem::path& results, const Lab& lab, const std::vector<Grade>& grades) {
  const std::filesystem::path folder = results / lab.name;
  for (const Grade& grade : grades) {
    nn::write_whole(folder / "reports" / (grade.result.student + ".html"), student_page(lab, grade));
  }
  nn::write_whole(folder / "class.html", class_page(lab, grades));
}

}  // namespace grader
