#include "home/compiler_report.hpp"

#include <doctest/doctest.h>

#include "home/build_progress.hpp"
#include "scratch_repository.hpp"

using namespace grader;

TEST_SUITE("build") {
  TEST_CASE("the last step that ninja reported is how far a build is, with the part that it belongs to") {
    const BuildStep step = last_step(
        "[1/9] Building CXX object grader/CMakeFiles/home.dir/Unity/unity_0_cxx.cxx.o\n"
        "[2/9] Building CXX object common/CMakeFiles/common.dir/tensor/random.cpp.o\n");
    CHECK(step.done == 2);
    CHECK(step.all == 9);
    CHECK(step.part == "common");
    CHECK(last_step("[3/9] Linking CXX executable grader/course\n").part == "");
    CHECK(last_step("ninja: Entering directory `build/check'\n").all == 0);
    CHECK(last_step("").all == 0);
  }

  TEST_CASE("of many errors the first is shown, with the line it points at and a path from the root") {
    const std::string report =
        "[1/3] Building CXX object mlp.cpp.o\nFAILED: mlp.cpp.o\n/usr/bin/c++ -c /home/kim/my "
        "course/labs/02_mlp/mlp.cpp\n"
        "/home/kim/my course/labs/02_mlp/mlp.cpp: In function 'int nn::f()':\n"
        "/home/kim/my course/labs/02_mlp/mlp.cpp:7:10: error: 'weigth' was not declared in this scope\n"
        "    7 |   return weigth;\n      |          ^~~~~~\n"
        "/home/kim/my course/labs/02_mlp/mlp.cpp:9:1: error: expected ';'\n    9 | }\n"
        "ninja: build stopped: subcommand failed.\n";
    CHECK(first_error(report, "/home/kim/my course") ==
          "labs/02_mlp/mlp.cpp:7:10: error: 'weigth' was not declared in this scope\n"
          "    7 |   return weigth;\n      |          ^~~~~~\n"
          "\n1 more error may follow from it: correct this one first.\n");
  }

  TEST_CASE("an error inside a library's template is shown with the line of ours that causes it") {
    const std::string text = first_error(
        "In file included from /usr/include/x.hpp:3:\n"
        "/r/labs/02_mlp/mlp.cpp:12:5:   required from here\n"
        "/usr/include/x.hpp:99:1: error: no match for 'operator+'\n",
        "/r");
    CHECK(text.find("labs/02_mlp/mlp.cpp:12:5:   required from here\n/usr/include/x.hpp:99:1: error") == 0);
  }

  TEST_CASE("functions that the linker misses are named once each") {
    const std::string text = first_error(
        "[2/2] Linking\n/usr/bin/ld: test.o: in function `main':\nt.cpp:3: undefined reference to "
        "`nn::Linear::forward(int)'\n"
        "t.cpp:4: undefined reference to `nn::Linear::forward(int)'\ncollect2: error: ld returned 1 exit status\n",
        "/r");
    CHECK(text == "Declared, but defined in no file (compare the .cpp with the header):\n  nn::Linear::forward(int)\n");
    CHECK(first_error("mold: error: undefined symbol: nn::Linear::forward(int)\n>>> referenced by mlp_test.cpp\n"
                      "collect2: error: ld returned 1 exit status\n",
                      "/r") == text);
  }

  TEST_CASE("tensors are called by their names") {
    const std::string tensor3 =
        "xt::xtensor_container<xt::uvector<double, std::allocator<double> >, 3ul, (xt::layout_type)1, "
        "xt::xtensor_expression_tag>";
    const std::string ids =
        "xt::xtensor_container<xt::uvector<unsigned long, std::allocator<unsigned long> >, 1ul, (xt::layout_type)1, "
        "xt::xtensor_expression_tag>";
    CHECK(first_error("t.cpp:3: undefined reference to `nn::f(" + tensor3 + " const&, " + ids + ")'\n", "/r") ==
          "Declared, but defined in no file (compare the .cpp with the header):\n"
          "  nn::f(nn::Tensor3 const&, nn::IdVector)\n");
    CHECK(first_error("a.cpp:1:2: error: could not convert ‘x’ from ‘nn::Matrix’ {aka "
                      "‘xt::xtensor_container<xt::uvector<double, std::allocator<double> >, 2, "
                      "xt::layout_type::row_major, xt::xtensor_expression_tag>’} to ‘int’\n",
                      "/r") == "a.cpp:1:2: error: could not convert ‘x’ from ‘nn::Matrix’ to ‘int’\n");
  }

  TEST_CASE("functions that are there twice are named, whatever the linker's words") {
    const std::string text = "Defined more than once:\n  nn::sigmoid(double)\n";
    CHECK(first_error("/usr/bin/ld: b.o: in function `nn::sigmoid(double)':\nb.cpp:3: multiple definition of "
                      "`nn::sigmoid(double)'; a.o:a.cpp:5: first defined here\n",
                      "/r") == text);
    CHECK(first_error("mold: error: duplicate symbol: lib.a(a.o): /tmp/b.o: nn::sigmoid(double)\n", "/r") == text);
  }

  TEST_CASE("where no error is recognised, the end of the report is shown") {
    CHECK(first_error("something\nelse\n", "/r") == "something\nelse\n");
    CHECK(first_error("", "/r") == "\n");
  }

  TEST_CASE("what the compiler warned of is kept until the file is compiled again") {
    const ScratchRepository repository;
    repository.add_lab("02_mlp", R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"]})");
    repository.write("labs/02_mlp/mlp.cpp", "");
    const Lab lab = find_lab(repository.root(), "02");
    const auto build = repository.root() / "build" / "check";
    const std::string file = (lab.folder() / "mlp.cpp").string();
    const std::string step = "[1/2] Building CXX object labs/02_mlp/CMakeFiles/02_mlp.mine.dir/mlp.cpp.o\n";
    CHECK(warnings_of(lab).empty());

    keep_warnings(build,
                  step + file + ":3:9: warning: conversion from 'int' to 'char' [-Wconversion]\n" + file +
                      ":7:12: warning: 'z' is used uninitialized [-Wuninitialized]\n    7 |   return z;\n" +
                      "/usr/include/x.hpp:1:1: warning: unused variable 'x' [-Wunused-variable]\n" + file +
                      ":9:1: warning: unused variable 'k' [-Wunused-variable]\n[2/2] Linking CXX executable x\n");
    const std::string warnings =
        "labs/02_mlp/mlp.cpp:7:12: warning: 'z' is used uninitialized [-Wuninitialized]\n    7 |   return z;\n"
        "\n1 more warning of your code.\n";
    CHECK(warnings_of(lab) == warnings);
    keep_warnings(build, "ninja: no work to do.\n");
    keep_warnings(build, "[1/1] Building CXX object labs/02_mlp/CMakeFiles/02_mlp.mine.float.dir/mlp.cpp.o\n");
    CHECK(warnings_of(lab) == warnings);
    keep_warnings(build, step);
    CHECK(warnings_of(lab).empty());
  }
}
