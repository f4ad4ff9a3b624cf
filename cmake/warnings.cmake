# All our targets link course_warnings.
add_library(course_warnings INTERFACE)
target_compile_options(course_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)

# GCC 12 and later report array bounds inside inlined xtensor code that are not exceeded (GCC bug 107852).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(course_warnings INTERFACE -Wno-array-bounds -Wno-stringop-overflow)
endif()

# A private member of a header may be used only by code that the student has not written yet.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(course_warnings INTERFACE -Wno-unused-private-field)
endif()

# If Real is float, Real{0.1} is rounded, which is intended. The compilers have different names for this warning.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(real_float INTERFACE -Wno-implicit-float-conversion)
else()
  target_compile_options(real_float INTERFACE -Wno-float-conversion)
endif()
