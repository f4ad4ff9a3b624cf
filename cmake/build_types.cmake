# The three ways to build, one preset each: Check (tests), Train (programs), Asan (tests under the sanitizers).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(COURSE_REAL double CACHE STRING "The scalar type of every tensor: double (tests) or float (programs)")
set_property(CACHE COURSE_REAL PROPERTY STRINGS double float)
set(EARLIER_LABS "" CACHE STRING "What a lab links for the labs before it: solution, mine, or empty for solution where solutions/ is present")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Check CACHE STRING "Check, Train or Asan" FORCE)
endif()

# -fno-math-errno lets the processor take many square roots at once: nobody reads errno after them.
# -fopenmp-simd honours `#pragma omp simd` and starts no threads; -ffp-contract=off keeps results equal on every machine.
set(CMAKE_CXX_FLAGS_CHECK "-O1 -g1 -fopenmp-simd -ffp-contract=off -DXTENSOR_ENABLE_ASSERT -D_GLIBCXX_ASSERTIONS")
set(CMAKE_CXX_FLAGS_TRAIN "-O3 -g1 -march=native -fopenmp-simd -fno-math-errno -DNDEBUG")
set(CMAKE_CXX_FLAGS_ASAN "-O1 -g -fopenmp-simd -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -DXTENSOR_ENABLE_ASSERT -D_GLIBCXX_ASSERTIONS")

find_program(CCACHE ccache)
if(CCACHE)
  # A precompiled header is found by ccache only if time stamps inside it do not count.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()
