# add_lab(EARLIER 01_tensors LIBRARIES datasets PROGRAMS demo bench), called from labs/NN_name/CMakeLists.txt, makes the
# lab NN_name.
#
# The lab's header, tests and programs are compiled against several variants of the file that the student writes:
#   mine            labs/NN_name/*.cpp            the student's own
#   starter         labs/NN_name/starter/*.cpp    what the student starts with
#   solution        solutions/NN_name/*.cpp       the reference
#   alternative.NAME  other correct code, solutions/NN_name/alternatives/NAME/*.cpp
#   mistake.NAME    the reference with solutions/NN_name/mistakes/NAME.patch applied
# In each variant, a function that may end without its result does not compile.
# Variant V has the test program NN_name.V.tests, where Real is double; mine and solution also have libraries, NN_name.V
# (double) and NN_name.V.float, and the programs NN_name.V.PROGRAM (float). Programs are built as
# labs/NN_name/V/PROGRAM.
#
# A lab links its EARLIER labs, and the labs that those link. For the student's variant, EARLIER_LABS selects the
# variant of earlier labs: the solution by default. All other variants and the judge link only solutions, so that no
# verdict on this lab depends on the student's code for another. If there are no solutions, mine is linked instead.
function(add_lab)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "" "" "EARLIER;LIBRARIES;PROGRAMS")
  set(CMAKE_UNITY_BUILD OFF)  # like the judge, compile a student's files one by one, so that errors name them
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME lab)
  set(solution ${CMAKE_SOURCE_DIR}/solutions/${lab})
  course_lab_files(files)
  course_require_files(${CMAKE_CURRENT_SOURCE_DIR}/starter)

  # If the student has no file yet, copy the starter. From then on it belongs to the student.
  foreach(file IN LISTS files)
    if(NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
      configure_file(starter/${file} ${CMAKE_CURRENT_SOURCE_DIR}/${file} COPYONLY)
    endif()
  endforeach()

  # Tell the course program what there is to run.
  list(JOIN ARG_PROGRAMS "\n" programs)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/programs.txt "${programs}\n")

  # Compile the tests once; they know the lab's name and files, and where its recorded reference lies.
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  list(JOIN files " " file_names)
  file(CONFIGURE OUTPUT lab_name.cpp CONTENT [[namespace nn {
extern const char* const lab_name;
extern const char* const lab_files;
extern const char* const lab_expected_file;
const char* const lab_name = "@lab@";
const char* const lab_files = "@file_names@";
const char* const lab_expected_file = "@CMAKE_CURRENT_SOURCE_DIR@/expected.safetensors";
}  // namespace nn
]] @ONLY)
  add_library(${lab}.test_objects OBJECT EXCLUDE_FROM_ALL ${tests} ${CMAKE_CURRENT_BINARY_DIR}/lab_name.cpp)
  set_target_properties(${lab}.test_objects PROPERTIES UNITY_BUILD ${COURSE_UNITY})
  target_link_libraries(${lab}.test_objects PUBLIC testing ${ARG_LIBRARIES})
  target_precompile_headers(${lab}.test_objects REUSE_FROM common)

  course_add_variant(mine ${CMAKE_CURRENT_SOURCE_DIR})
  list(TRANSFORM files PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/starter/ OUTPUT_VARIABLE sources)
  course_add_tests(starter ${sources})
  target_compile_options(${lab}.starter.tests PRIVATE -Werror)
  if(EXISTS ${solution})
    course_require_files(${solution})
    course_add_variant(solution ${solution})
    target_compile_options(${lab}.solution PRIVATE -Werror)
    add_custom_target(${lab}.judge DEPENDS ${lab}.solution.tests)  # everything that the judge needs
    course_strip_solution()
    course_add_alternatives()
    course_add_mistakes()
    course_add_checks()
  endif()
  course_write_harness()
endfunction()

# The libraries that a variant of this lab links, for this Real: those of earlier labs, and ARG_LIBRARIES.
function(course_lab_libraries variant real result)
  set(suffix ${suffix_of_${real}})
  set(linked common${suffix})
  foreach(lab_before IN LISTS ARG_EARLIER)
    set(choice solution)
    if(NOT TARGET ${lab_before}.solution OR (variant STREQUAL "mine" AND EARLIER_LABS STREQUAL "mine"))
      set(choice mine)
    endif()
    list(APPEND linked ${lab_before}.${choice}${suffix})
  endforeach()
  list(TRANSFORM ARG_LIBRARIES APPEND "${suffix}" OUTPUT_VARIABLE others)
  set(${result} ${linked} ${others} PARENT_SCOPE)
endfunction()

# The files that the student edits, from lab.json.
macro(course_lab_files result)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS lab.json)
  file(READ lab.json json)
  string(JSON count ERROR_VARIABLE problem LENGTH "${json}" files)
  if(problem)
    message(FATAL_ERROR "labs/${lab}/lab.json: ${problem}")
  endif()
  math(EXPR last "${count} - 1")
  set(${result})
  foreach(i RANGE ${last})
    string(JSON file GET "${json}" files ${i})
    list(APPEND ${result} ${file})
  endforeach()
endmacro()

# Stops if a file of lab.json is missing in the folder.
function(course_require_files folder)
  foreach(file IN LISTS files)
    if(NOT EXISTS ${folder}/${file})
      message(FATAL_ERROR "labs/${lab}/lab.json names ${file} in \"files\", but there is no ${folder}/${file}")
    endif()
  endforeach()
endfunction()

# Makes the libraries, the tests and the programs of a variant, from the files in `folder`.
function(course_add_variant variant folder)
  list(TRANSFORM files PREPEND ${folder}/ OUTPUT_VARIABLE sources)
  foreach(real double float)
    set(library ${lab}.${variant}${suffix_of_${real}})
    add_library(${library} STATIC EXCLUDE_FROM_ALL ${sources})
    course_lab_libraries(${variant} ${real} libraries)
    target_link_libraries(${library} PUBLIC ${libraries})
    target_precompile_headers(${library} REUSE_FROM common${suffix_of_${real}})
    target_compile_options(${library} PRIVATE -Werror=return-type)
  endforeach()

  course_add_program(${variant} tests $<TARGET_OBJECTS:${lab}.test_objects>)
  target_link_libraries(${lab}.${variant}.tests PRIVATE ${lab}.${variant} test_program)
  foreach(program IN LISTS ARG_PROGRAMS)
    course_add_program(${variant} ${program} ${program}.cpp)
    target_link_libraries(${lab}.${variant}.${program} PRIVATE ${lab}.${variant}.float program plot.float sources.float)
    if(program STREQUAL "bench")  # no other program waits until it is compiled
      target_link_libraries(${lab}.${variant}.${program} PRIVATE sequence_bench.float)
    endif()
    target_precompile_headers(${lab}.${variant}.${program} REUSE_FROM common.float)
  endforeach()
endfunction()

# Makes the tests of a variant that no program and no other lab uses, from the sources, or objects, that follow.
function(course_add_tests variant)
  course_add_program(${variant} tests ${ARGN} $<TARGET_OBJECTS:${lab}.test_objects>)
  course_lab_libraries(${variant} double libraries)
  target_link_libraries(${lab}.${variant}.tests PRIVATE test_program ${libraries})
  target_precompile_headers(${lab}.${variant}.tests REUSE_FROM common)
  target_compile_options(${lab}.${variant}.tests PRIVATE -Werror=return-type)
endfunction()

function(course_add_program variant program)
  set(target ${lab}.${variant}.${program})
  add_executable(${target} EXCLUDE_FROM_ALL ${ARGN})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${program}
                        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/${variant})

  # `all` builds what the repository promises; the student's own file may be in any state.
  if(NOT variant STREQUAL "mine")
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL OFF)
  endif()
endfunction()

# Makes the library of a solution as the judge links it into the submissions of later labs: without the names and line
# numbers that a linker does not need.
function(course_strip_solution)
  set(stripped ${CMAKE_CURRENT_BINARY_DIR}/solution.stripped.a)
  add_custom_command(OUTPUT ${stripped} DEPENDS ${lab}.solution VERBATIM
    COMMAND ${CMAKE_STRIP} --strip-unneeded -o ${stripped} $<TARGET_FILE:${lab}.solution>)
  add_custom_target(${lab}.stripped ALL DEPENDS ${stripped})
endfunction()

# Makes a variant for each other correct implementation: alternative.NAME.
function(course_add_alternatives)
  file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES true ${solution}/alternatives/*)
  add_custom_target(${lab}.alternatives DEPENDS ${lab}.judge)  # and everything that they are compared with
  foreach(folder IN LISTS folders)
    cmake_path(GET folder FILENAME name)
    course_require_files(${folder})
    list(TRANSFORM files PREPEND ${folder}/ OUTPUT_VARIABLE sources)
    course_add_tests(alternative.${name} ${sources})
    add_dependencies(${lab}.alternatives ${lab}.alternative.${name}.tests)
  endforeach()
endfunction()

# Makes a variant for each mistake by patching a copy of the solution. Files that the patch leaves alone are not compiled
# again.
function(course_add_mistakes)
  file(GLOB patches CONFIGURE_DEPENDS ${solution}/mistakes/*.patch)
  add_custom_target(${lab}.mistakes DEPENDS ${lab}.judge)  # and everything that they are compared with
  list(TRANSFORM files PREPEND ${solution}/ OUTPUT_VARIABLE originals)
  foreach(patch IN LISTS patches)
    cmake_path(GET patch STEM name)
    set(folder ${CMAKE_CURRENT_BINARY_DIR}/mistake.${name}/source)
    list(TRANSFORM files PREPEND ${folder}/ OUTPUT_VARIABLE copies)
    add_custom_command(OUTPUT ${copies} VERBATIM
      DEPENDS ${patch} ${originals} ${CMAKE_SOURCE_DIR}/cmake/apply_patch.cmake
      COMMAND ${CMAKE_COMMAND} -E copy ${originals} ${folder}
      COMMAND ${CMAKE_COMMAND} -DPATCH=${patch} -DFOLDER=${folder} -P ${CMAKE_SOURCE_DIR}/cmake/apply_patch.cmake)
    file(MAKE_DIRECTORY ${folder})
    course_patched_files(patched ${patch})
    list(JOIN patched "|" names)
    list(TRANSFORM patched PREPEND ${folder}/)
    course_add_tests(mistake.${name} ${patched}
                     "$<FILTER:$<TARGET_OBJECTS:${lab}.solution>,EXCLUDE,/(${names})[.]o$>")
    target_compile_options(${lab}.mistake.${name}.tests PRIVATE -Wno-unused-parameter -Wno-unused-variable)
    add_dependencies(${lab}.mistakes ${lab}.mistake.${name}.tests)
  endforeach()
endfunction()

# The files of the student that a patch changes; all of them if it names none, which apply_patch.cmake then explains.
function(course_patched_files result patch)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${patch})
  file(STRINGS ${patch} heads REGEX "^--- a/")
  list(TRANSFORM heads REPLACE "^--- a/([^\t ]+).*$" "\\1")
  list(JOIN heads "|" names)
  set(patched ${files})
  list(FILTER patched INCLUDE REGEX "^(${names})$")
  if(NOT patched)
    set(patched ${files})
  endif()
  set(${result} ${patched} PARENT_SCOPE)
endfunction()

# Registers the promises about a lab as tests; `course verify --help` explains each.
function(course_add_checks)
  foreach(promise solution starter recorded mistakes judge alternatives parity handout)
    add_test(NAME "${lab}:${promise}" COMMAND instructor verify ${lab} ${promise})
    set_tests_properties("${lab}:${promise}" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600 LABELS ${lab}
      ENVIRONMENT "COURSE_ROOT=${CMAKE_SOURCE_DIR};COURSE_BUILD=${CMAKE_BINARY_DIR};OPENBLAS_NUM_THREADS=1")
  endforeach()
endfunction()

# The files that our targets are made from and, where it is here, the lab's solution; relative to the repository.
function(course_sources_of result)
  set(sources)
  foreach(target IN LISTS ARGN ITEMS ${lab}.solution)
    if(TARGET ${target})
      get_target_property(folder ${target} SOURCE_DIR)
      get_target_property(files ${target} SOURCES)
      foreach(file IN LISTS files)
        cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${folder})
        cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
        list(APPEND sources ${file})
      endforeach()
    endif()
  endforeach()
  list(FILTER sources EXCLUDE REGEX "/lab_name.cpp$")  # generated: two names
  set(${result} ${sources} PARENT_SCOPE)
endfunction()

# Writes down how to compile and link a submission, for the judge, who does it in the sandbox without CMake, and from what
# all of it is made. Earlier labs are linked as the solution links them, but stripped.
function(course_write_harness)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  separate_arguments(flags NATIVE_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}")
  set(includes $<TARGET_PROPERTY:${lab}.mine,INCLUDE_DIRECTORIES>)
  set(definitions $<TARGET_PROPERTY:${lab}.mine,COMPILE_DEFINITIONS>)
  set(options $<TARGET_PROPERTY:real_double,INTERFACE_COMPILE_OPTIONS>)
  get_directory_property(link_options LINK_OPTIONS)
  course_lab_libraries(solution double linked)
  foreach(lab_before IN LISTS ARG_EARLIER)
    get_property(more GLOBAL PROPERTY COURSE_LINKED_BY_${lab_before})
    list(APPEND linked ${more})
  endforeach()
  list(REMOVE_DUPLICATES linked)
  set_property(GLOBAL PROPERTY COURSE_LINKED_BY_${lab} ${linked})
  set(libraries test_program testing ${linked} progress_line wire safetensors text files)
  course_sources_of(sources ${libraries} ${lab}.test_objects)
  set(solutions ${linked})
  list(FILTER solutions INCLUDE REGEX "^[0-9].*[.]solution$")
  list(TRANSFORM solutions REPLACE "[.]solution$" ".stripped")
  if(TARGET ${lab}.judge AND solutions)
    add_dependencies(${lab}.judge ${solutions})
  endif()
  list(TRANSFORM libraries REPLACE "^([0-9].*)[.]solution$" "${CMAKE_BINARY_DIR}/labs/\\1/solution.stripped.a")
  list(TRANSFORM libraries REPLACE "^([^/]+)$" "$<TARGET_FILE:\\1>")
  list(APPEND libraries $<TARGET_FILE:fmt::fmt> ${JANSSON} ${DW} ${SODIUM} ${OpenBLAS_LIBRARIES} $<TARGET_FILE:ZLIB::ZLIB>)
  string(CONFIGURE [[{
  "compiler": "@CMAKE_CXX_COMPILER@",
  "flags": ["-std=c++20", "-fPIC", "-Og", "-Werror=return-type", "-D$<JOIN:@definitions@,", "-D>", "$<JOIN:@flags@,", ">", "$<JOIN:@options@,", ">"],
  "link_flags": ["$<JOIN:@link_options@,", ">"],
  "includes": ["$<JOIN:@includes@,", ">"],
  "precompiled_header": "$<TARGET_PROPERTY:common,BINARY_DIR>/CMakeFiles/common.dir/cmake_pch.hxx",
  "test_objects": ["$<JOIN:$<TARGET_OBJECTS:@lab@.test_objects>,", ">"],
  "libraries": ["$<JOIN:@libraries@,", ">"],
  "sources": ["$<JOIN:@sources@,", ">"]
}
]] harness @ONLY)
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/harness.json CONTENT "${harness}")
endfunction()
