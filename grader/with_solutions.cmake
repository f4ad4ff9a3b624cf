# What instructors and developers have beyond the students' copy of the course.

# The course as students get it.
add_library(release STATIC
  release/release.cpp release/release_scan.cpp release/release_update.cpp release/git.cpp)
target_link_libraries(release PUBLIC home PRIVATE nlohmann_json::nlohmann_json fmt::fmt)
target_precompile_headers(release REUSE_FROM lab)

# What is right for a secret seed, and what a submission makes of it.
add_library(judge STATIC
  judge/judge.cpp judge/judge_answer.cpp judge/harness.cpp judge/mistakes.cpp judge/result.cpp judge/shapes.cpp
  judge/report.cpp judge/transcript.cpp)
target_link_libraries(judge PUBLIC sandbox home wire PRIVATE nlohmann_json::nlohmann_json fmt::fmt)
target_precompile_headers(judge REUSE_FROM lab)

# The grades of a class: the gradebook, the forms in which grades leave it, and pages to look at.
add_library(class STATIC
  class/grading.cpp class/cohort.cpp class/results_folder.cpp class/regrade.cpp class/slurm.cpp class/gradescope.cpp
  class/gradebook/gradebook.cpp class/gradebook/schema.cpp class/gradebook/policy.cpp class/gradebook/grade.cpp
  class/formats/formats.cpp class/formats/feedback.cpp class/formats/csv.cpp class/formats/gradescope.cpp
  class/formats/junit.cpp class/formats/ctrf.cpp class/formats/classroom50.cpp class/formats/autolab.cpp
  class/pages/pages.cpp class/pages/html.cpp class/pages/style.cpp class/pages/parts.cpp class/pages/histogram.cpp
  class/pages/class_figures.cpp class/pages/class_page.cpp class/pages/class_tests.cpp
  class/pages/student_page.cpp class/pages/student_tests.cpp)
target_link_libraries(class PUBLIC judge
  PRIVATE release SQLiteCpp sqlite3 pugixml::pugixml progress_line nlohmann_json::nlohmann_json fmt::fmt)
target_precompile_headers(class REUSE_FROM lab)

# The promises of the repository.
add_library(verify STATIC
  verify/verify.cpp verify/verify_frame.cpp verify/kill_matrix.cpp verify/verify_alternatives.cpp
  verify/verify_forgery.cpp verify/verify_handout.cpp verify/verify_attacks.cpp verify/attack.cpp
  verify/hostile_class.cpp)
target_link_libraries(verify PUBLIC class PRIVATE nlohmann_json::nlohmann_json fmt::fmt)
target_precompile_headers(verify REUSE_FROM lab)

# What they type.
add_library(commands_with_solutions STATIC
  commands/grade_command.cpp commands/grades_command.cpp commands/regrade_command.cpp commands/release_command.cpp
  commands/gradescope_command.cpp commands/transcript_command.cpp commands/record_command.cpp
  commands/verify_command.cpp)
target_link_libraries(commands_with_solutions
  PRIVATE commands verify class release CLI11::CLI11 nlohmann_json::nlohmann_json fmt::fmt)
target_precompile_headers(commands_with_solutions REUSE_FROM lab)
target_link_libraries(course PRIVATE commands_with_solutions)
target_compile_definitions(course PRIVATE COURSE_HAS_SOLUTIONS)

target_sources(grader_test PRIVATE
  tests/judge_test.cpp tests/kill_matrix_test.cpp tests/result_test.cpp tests/handout_test.cpp tests/frame_test.cpp
  tests/cohort_test.cpp tests/gradebook_test.cpp
  tests/policy_test.cpp tests/formats_test.cpp tests/gradescope_test.cpp tests/pages_test.cpp tests/class_page_test.cpp
  tests/release_test.cpp)
target_link_libraries(grader_test PRIVATE verify class release SQLiteCpp sqlite3 pugixml::pugixml)

# What takes a whole class: graded while the program is killed and the disk fills up; on a real Slurm cluster that the test
# starts; with hostile submissions in it. And what students and hosts get, tried in the shape in which they use it: both
# build the course anew, on all cores. The students' copy of the course has none of these.
if(CMAKE_BUILD_TYPE STREQUAL "Check" AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/tests/attacks)
  foreach(test resume slurm)
    add_test(NAME "grader:${test}" COMMAND ${PYTHON3} ${CMAKE_CURRENT_SOURCE_DIR}/tests/${test}_test.py
                                           ${CMAKE_SOURCE_DIR} $<TARGET_FILE:course>)
    set_tests_properties("grader:${test}" PROPERTIES TIMEOUT 900 SKIP_RETURN_CODE 77
      ENVIRONMENT "COURSE_ROOT=${CMAKE_SOURCE_DIR};COURSE_BUILD=${CMAKE_BINARY_DIR}")
  endforeach()
  add_test(NAME "grader:attacks" COMMAND course verify 02_mlp attacks)
  set_tests_properties("grader:attacks" PROPERTIES TIMEOUT 3000 PROCESSORS 2
    ENVIRONMENT "COURSE_ROOT=${CMAKE_SOURCE_DIR};COURSE_BUILD=${CMAKE_BINARY_DIR}")
  foreach(host student gradescope)
    add_test(NAME "grader:release to ${host}"
      COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tests/hosts/${host}.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:course>
              ${CMAKE_SOURCE_DIR}/build/release_to_${host})
    set_tests_properties("grader:release to ${host}" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 3600 RUN_SERIAL ON)
  endforeach()
endif()
