# The parts for instructors and developers, which the students' copy of the course does not have.

# A student's code runs only in this sandbox.
add_library(sandbox STATIC
  instructor/sandbox/job.cpp instructor/sandbox/sandbox.cpp instructor/sandbox/sandbox_parts.cpp
  instructor/sandbox/sandbox_user.cpp instructor/sandbox/sandbox_filter.cpp instructor/sandbox/sandbox_problem.cpp
  instructor/sandbox/control_group.cpp)
target_include_directories(sandbox PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/instructor)
target_link_libraries(sandbox PUBLIC grader_base PRIVATE ${SECCOMP} fmt::fmt)

# The program that switches to a job's user. It must be in the same folder as the programs that use the sandbox.
add_executable(as_user instructor/sandbox/as_user.cpp)
target_link_libraries(as_user PRIVATE course_warnings)
add_dependencies(sandbox as_user)

# The course for students.
add_library(release STATIC
  instructor/release/release.cpp instructor/release/release_scan.cpp instructor/release/release_update.cpp
  instructor/release/git.cpp)
target_include_directories(release PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/instructor)
target_link_libraries(release PUBLIC student PRIVATE nlohmann_json::nlohmann_json fmt::fmt)

# The judge: the correct numbers for a secret seed, and those of a submission.
add_library(judge STATIC
  instructor/judge/judge.cpp instructor/judge/judge_answer.cpp instructor/judge/harness.cpp
  instructor/judge/reference.cpp instructor/judge/mistakes.cpp instructor/judge/lab_version.cpp
  instructor/judge/result.cpp instructor/judge/shapes.cpp instructor/judge/report.cpp instructor/judge/transcript.cpp)
target_link_libraries(judge PUBLIC sandbox student wire PRIVATE nlohmann_json::nlohmann_json fmt::fmt)

# The grades of a class: the gradebook, export formats, and HTML pages.
add_library(class STATIC
  instructor/class/grading.cpp instructor/class/cohort.cpp instructor/class/collect.cpp instructor/class/earlier_solutions.cpp instructor/class/names.cpp instructor/class/times.cpp
  instructor/class/roster.cpp instructor/class/csv_table.cpp instructor/class/exported.cpp
  instructor/class/results_folder.cpp
  instructor/class/regrade.cpp instructor/class/slurm.cpp instructor/class/gradescope.cpp
  instructor/class/gradebook/gradebook.cpp instructor/class/gradebook/schema.cpp
  instructor/class/gradebook/policy.cpp instructor/class/gradebook/grade.cpp
  instructor/class/formats/formats.cpp instructor/class/formats/feedback.cpp instructor/class/formats/csv.cpp
  instructor/class/formats/gradescope_json.cpp instructor/class/formats/junit.cpp instructor/class/formats/ctrf.cpp
  instructor/class/formats/classroom50.cpp instructor/class/formats/autolab.cpp
  instructor/class/formats/canvas.cpp instructor/class/formats/moodle.cpp
  instructor/class/pages/pages.cpp instructor/class/pages/html.cpp instructor/class/pages/style.cpp
  instructor/class/pages/parts.cpp instructor/class/pages/histogram.cpp instructor/class/pages/class_figures.cpp
  instructor/class/pages/class_page.cpp instructor/class/pages/class_page_parts.cpp
  instructor/class/pages/student_page.cpp instructor/class/pages/student_page_parts.cpp)
target_link_libraries(class PUBLIC judge
  PRIVATE release SQLiteCpp sqlite3 pugixml::pugixml ${CSV} yaml-cpp progress_line nlohmann_json::nlohmann_json fmt::fmt)

# The promises about labs.
add_library(verify STATIC
  instructor/verify/verify_solution.cpp instructor/verify/verify_starter.cpp instructor/verify/verify_recorded.cpp
  instructor/verify/verify_mistakes.cpp instructor/verify/verify_judge.cpp instructor/verify/verify_alternatives.cpp
  instructor/verify/verify_parity.cpp instructor/verify/verify_handout.cpp instructor/verify/verify_attacks.cpp
  instructor/verify/lab_frame.cpp instructor/verify/kill_matrix.cpp instructor/verify/forgery.cpp
  instructor/verify/in_process.cpp instructor/verify/attack.cpp instructor/verify/hostile_class.cpp)
target_link_libraries(verify PUBLIC class PRIVATE nlohmann_json::nlohmann_json fmt::fmt)

# The program for the instructors' commands.
add_executable(instructor
  instructor/main.cpp
  instructor/commands/collect_command.cpp instructor/commands/grade_command.cpp instructor/commands/grades_command.cpp instructor/commands/regrade_command.cpp
  instructor/commands/release_command.cpp instructor/commands/gradescope_command.cpp
  instructor/commands/transcript_command.cpp instructor/commands/record_command.cpp
  instructor/commands/verify_command.cpp)
target_link_libraries(instructor PRIVATE verify class release progress_line nlohmann_json::nlohmann_json fmt::fmt)

target_sources(grader_test PRIVATE
  tests/sandbox_test.cpp tests/sandbox_user_test.cpp tests/sandbox_killed_test.cpp tests/control_group_test.cpp
  tests/judge_test.cpp tests/lab_version_test.cpp tests/kill_matrix_test.cpp tests/result_test.cpp tests/handout_test.cpp tests/frame_test.cpp
  tests/cohort_test.cpp tests/collect_test.cpp tests/names_test.cpp tests/earlier_solutions_test.cpp tests/roster_test.cpp tests/gradebook_test.cpp
  tests/policy_test.cpp tests/formats_test.cpp tests/gradescope_test.cpp tests/pages_test.cpp tests/class_page_test.cpp
  tests/release_test.cpp)
target_link_libraries(grader_test PRIVATE verify class release SQLiteCpp sqlite3 pugixml::pugixml)
# For tests of the sandbox: one program that tries everything.
add_executable(bad_program tests/bad_program.cpp)
target_link_libraries(bad_program PRIVATE course_warnings)
add_dependencies(grader_test bad_program)
target_compile_definitions(grader_test PRIVATE BAD_PROGRAM="$<TARGET_FILE:bad_program>")

# Tests with a whole class: the program is killed and the disk fills up; a real Slurm cluster that the test starts; what
# `course grade` refuses; hostile submissions. Then tests of the released copies for students and for hosts, which build the course from nothing, on all
# cores.
if(CMAKE_BUILD_TYPE STREQUAL "Check")
  foreach(test resume slurm grade_command)
    add_test(NAME "grader:${test}" COMMAND ${PYTHON3} ${CMAKE_CURRENT_SOURCE_DIR}/tests/${test}_test.py
                                           ${CMAKE_SOURCE_DIR} $<TARGET_FILE:instructor>)
    set_tests_properties("grader:${test}" PROPERTIES TIMEOUT 900 SKIP_RETURN_CODE 77
      ENVIRONMENT "COURSE_ROOT=${CMAKE_SOURCE_DIR};COURSE_BUILD=${CMAKE_BINARY_DIR}")
  endforeach()
  add_test(NAME "grader:the launcher builds with the compiler of the system, whatever the shell says"
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tests/launcher_test.sh ${CMAKE_SOURCE_DIR})
  add_test(NAME "grader:every command that is mentioned exists"
    COMMAND ${PYTHON3} ${CMAKE_CURRENT_SOURCE_DIR}/tests/mentions_test.py ${CMAKE_SOURCE_DIR} $<TARGET_FILE:course>)
  set_tests_properties("grader:every command that is mentioned exists" PROPERTIES
    ENVIRONMENT "COURSE_ROOT=${CMAKE_SOURCE_DIR}")
  add_test(NAME "grader:attacks" COMMAND instructor verify 02_mlp attacks)
  set_tests_properties("grader:attacks" PROPERTIES TIMEOUT 3000 PROCESSORS 2
    ENVIRONMENT "COURSE_ROOT=${CMAKE_SOURCE_DIR};COURSE_BUILD=${CMAKE_BINARY_DIR}")
  foreach(host student gradescope)
    add_test(NAME "grader:release to ${host}"
      COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tests/hosts/${host}.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:instructor>
              ${CMAKE_SOURCE_DIR}/build/release_to_${host})
    set_tests_properties("grader:release to ${host}" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 3600 RUN_SERIAL ON)
  endforeach()
endif()

add_subdirectory(tests/fuzz)
