#include <doctest/doctest.h>

#include "lab/lab.hpp"
#include "scratch_repository.hpp"
#include "verify/verify_handout.hpp"

namespace {

/// The problems of a handout, together with these files of the lab and of common/.
grader::Problems problems_of(const std::string& handout) {
  const ScratchRepository repository;
  repository.add_lab("02_mlp", R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"]})");
  repository.write("labs/02_mlp/README.md", handout);
  repository.write("labs/02_mlp/mlp.cpp", "the student's own line;\n");
  repository.write("labs/02_mlp/demo.cpp", "int main() {\n  show();\n\n  return 0;\n}\n");
  repository.write("common/plot/plot.hpp", "void show();\nvoid hide();\n");
  repository.write("common/plot/notes.txt", "not code;\n");
  return grader::verify_handout(grader::find_lab(repository.root(), "02"));
}

}  // namespace

TEST_SUITE("handout") {
  TEST_CASE("code that stands in a file of the lab or of common is found, however it is indented") {
    CHECK(problems_of("no code at all\n").empty());
    CHECK(problems_of("text\n```cpp\nshow();\n\nreturn 0;\n```\n").empty());
    CHECK(problems_of("* in a list:\n  ```cpp\n    void show();\n  void hide();\n  ```\n").empty());
    CHECK(problems_of("```cpp\nvoid show();\n```\ntext\n```cpp\nint main() {\n```\n").empty());
  }

  TEST_CASE("blocks of other languages are not looked at") {
    CHECK(problems_of("```math\nx\n```\n```\nnowhere\n```\n").empty());
  }

  TEST_CASE("code that stands nowhere is named with its block and line") {
    CHECK(problems_of("text\n```cpp\nshow();\n```\n\n```cpp\nnowhere();\n```\n") ==
          grader::Problems{"labs/02_mlp/README.md, code block 2, line 7: 'nowhere();' is not in any .cpp or .hpp of "
                           "the lab or of common/"});
  }

  TEST_CASE("C++ has many names") {
    for (const char* name : {"c++", "C++", "cc", "cxx", "hpp", "cpp title=\"mlp.cpp\""}) {
      CAPTURE(name);
      CHECK(problems_of("```" + std::string(name) + "\nnowhere();\n```\n").size() == 1);
    }
  }

  TEST_CASE("lines must follow each other as they do in the file") {
    CHECK(problems_of("```cpp\nshow();\nreturn 0;\n```\n") ==
          grader::Problems{"labs/02_mlp/README.md, code block 1, line 3: 'return 0;' is not line 3 of "
                           "labs/02_mlp/demo.cpp"});
    CHECK(problems_of("```cpp\nvoid hide();\nvoid show();\n```\n").size() == 1);
    CHECK(problems_of("```cpp\nreturn 0;\n}\nmore\n```\n").size() == 1);
  }

  TEST_CASE("the student's own files and other files do not count") {
    CHECK(problems_of("```cpp\nthe student's own line;\n```\n").size() == 1);
    CHECK(problems_of("```cpp\nnot code;\n```\n").size() == 1);
  }

  TEST_CASE("a block that does not end is compared up to the end of the handout") {
    CHECK(problems_of("```cpp\nshow();\ntext that is no code\n").size() == 1);
  }
}
