# Everything that we compile links course_warnings.
add_library(course_warnings INTERFACE)
target_compile_options(course_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)

# GCC 12 and later report array bounds inside inlined xtensor code that are not exceeded (GCC bug 107852).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(course_warnings INTERFACE -Wno-array-bounds -Wno-stringop-overflow)
endif()

# Where Real is float, Real{0.1} rounds, and is meant to.
if(COURSE_REAL STREQUAL "float")
  target_compile_options(course_warnings INTERFACE -Wno-float-conversion)
endif()
