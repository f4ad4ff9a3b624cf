# Finds the packages of cmake/packages.txt. An error names what is missing and the package to install.
macro(need name debian_package)
  find_package(${name} QUIET ${ARGN})
  if(NOT ${name}_FOUND)
    message(FATAL_ERROR "${name} is missing. Install it with: apt-get install ${debian_package}\n"
                        "(./course installs everything that is missing.)")
  endif()
endmacro()

need(xtensor libxtensor-dev)
need(xtensor-blas libxtensor-blas-dev)
need(OpenBLAS libopenblas-dev)
need(doctest doctest-dev)
need(CLI11 libcli11-dev)
need(fmt libfmt-dev)
need(nlohmann_json nlohmann-json3-dev)
need(LibArchive libarchive-dev)
need(OpenSSL libssl-dev COMPONENTS Crypto)
need(ZLIB zlib1g-dev)
need(SQLiteCpp libsqlitecpp-dev)
need(pugixml libpugixml-dev)
need(yaml-cpp libyaml-cpp-dev)
need(utf8cpp libutfcpp-dev)
need(Threads libc6-dev)

# Of these CMake knows nothing: CSV, DW, JANSSON, SECCOMP, SODIUM and UTF8PROC are the libraries' files.
function(need_library name header debian_package)
  string(TOUPPER ${name} variable)
  find_library(${variable} ${name})
  find_path(${variable}_INCLUDE ${header})
  if(NOT ${variable} OR NOT ${variable}_INCLUDE)
    message(FATAL_ERROR "lib${name} is missing. Install it with: apt-get install ${debian_package}\n"
                        "(./course installs everything that is missing.)")
  endif()
endfunction()

need_library(jansson jansson.h libjansson-dev)
need_library(seccomp seccomp.h libseccomp-dev)
need_library(sodium sodium.h libsodium-dev)
need_library(dw elfutils/libdwfl.h libdw-dev)
need_library(csv csv.h libcsv-dev)
need_library(utf8proc utf8proc.h libutf8proc-dev)
find_path(BACKWARD_INCLUDE backward.hpp)
if(NOT BACKWARD_INCLUDE)
  message(FATAL_ERROR "backward-cpp is missing. Install it with: apt-get install libbackward-cpp-dev\n"
                      "(./course installs everything that is missing.)")
endif()

# The reference BLAS is thirty times slower and looks the same to the linker, so ask the library for its name.
add_library(openblas INTERFACE)
target_include_directories(openblas SYSTEM INTERFACE ${OpenBLAS_INCLUDE_DIRS})
target_link_libraries(openblas INTERFACE ${OpenBLAS_LIBRARIES})
if(NOT DEFINED OPENBLAS_IDENTITY)
  try_run(ran built ${CMAKE_BINARY_DIR}/openblas_identity SOURCES ${CMAKE_CURRENT_LIST_DIR}/openblas_identity.cpp
          LINK_LIBRARIES ${OpenBLAS_LIBRARIES} CMAKE_FLAGS -DINCLUDE_DIRECTORIES=${OpenBLAS_INCLUDE_DIRS}
          RUN_OUTPUT_VARIABLE identity COMPILE_OUTPUT_VARIABLE log)
  if(NOT built OR NOT ran EQUAL 0)
    message(FATAL_ERROR "The BLAS found (${OpenBLAS_LIBRARIES}) is not OpenBLAS.\n"
                        "Install it with: apt-get install libopenblas-dev\n${log}")
  endif()
  set(OPENBLAS_IDENTITY "${identity}" CACHE INTERNAL "The configuration of OpenBLAS")
endif()
message(STATUS "xtensor ${xtensor_VERSION}; BLAS: ${OPENBLAS_IDENTITY}")
