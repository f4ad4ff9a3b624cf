# The two build types, with one preset each: Check, for everything that people use, and Asan, for tests with the
# sanitizers.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
add_compile_options(-fPIC)  # for libraries and programs, because they share a precompiled header

set(EARLIER_LABS "" CACHE STRING "What a lab links for the labs before it: solution, mine, or empty for solution where solutions/ is present")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Check CACHE STRING "Check or Asan" FORCE)
endif()

# -Og compiles a lab faster than -O0 and -O1 do. Code that is never slow, such as reading options, is not optimized at
# all: course_compile_quickly(TARGET...). -fopenmp-simd enables `#pragma omp simd` and starts no threads.
set(CMAKE_CXX_FLAGS_CHECK "-g1 -fopenmp-simd -D_GLIBCXX_ASSERTIONS")
set(CMAKE_CXX_FLAGS_ASAN "-g -fopenmp-simd -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -D_GLIBCXX_ASSERTIONS")
set(quickly $<BOOL:$<TARGET_PROPERTY:COURSE_QUICKLY>>)
add_compile_options($<IF:${quickly},-O0,-Og>)
function(course_compile_quickly)
  set_target_properties(${ARGN} PROPERTIES COURSE_QUICKLY ON)
endfunction()

# The scalar of every tensor, Real, is double in tests, where bounds are checked, and float in programs, which use all
# features of the processor. -ffp-contract=off keeps results equal on every machine. -fno-math-errno allows several
# square roots at once; no code reads errno after them.
add_library(real_double INTERFACE)
target_compile_definitions(real_double INTERFACE COURSE_REAL=double XTENSOR_ENABLE_ASSERT)
target_compile_options(real_double INTERFACE -ffp-contract=off)
add_library(real_float INTERFACE)
target_compile_definitions(real_float INTERFACE COURSE_REAL=float NDEBUG)
target_compile_options(real_float INTERFACE $<$<NOT:${quickly}>:-O3> -march=native -fno-math-errno -U_GLIBCXX_ASSERTIONS)

# course_add_library(NAME SOURCES name.cpp LIBRARIES fmt::fmt REAL_LIBRARIES common) makes a library for both types of
# Real: NAME for tests, and NAME.float for programs. REAL_LIBRARIES are such libraries.
set(suffix_of_double "")
set(suffix_of_float ".float")
function(course_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;LIBRARIES;REAL_LIBRARIES")
  foreach(real double float)
    set(target ${name}${suffix_of_${real}})
    add_library(${target} STATIC ${ARG_SOURCES})
    list(TRANSFORM ARG_REAL_LIBRARIES APPEND "${suffix_of_${real}}" OUTPUT_VARIABLE libraries)
    target_link_libraries(${target} PUBLIC ${libraries} ${ARG_LIBRARIES} real_${real})
  endforeach()
endfunction()

# Parse the headers that the files of a library share only once. COURSE_UNITY=OFF compiles file by file, which is better
# for work on the library itself.
option(COURSE_UNITY "Compile the files of a library together" ON)
set(CMAKE_UNITY_BUILD ${COURSE_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 0)

find_program(CCACHE ccache)
if(CCACHE)
  # ccache finds a precompiled header only if time stamps inside it are ignored.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()

# Use a linker that takes a fifth of the time, if it is installed.
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
