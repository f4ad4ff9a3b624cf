# Tests which variant of an earlier lab each program links: cmake -DROOT=repository -DFOLDER=scratch -P
# earlier_labs_test.cmake
# Configures the course with each value of EARLIER_LABS and reads the link commands of lab 03.
function(expect_linked lab_variant expected)
  execute_process(COMMAND ninja -C ${FOLDER} -t commands 03_optimizers.${lab_variant}.tests
                  OUTPUT_VARIABLE commands COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[^\n]*03_optimizers/${lab_variant}/tests[^\n]*" link "${commands}")
  if(NOT link MATCHES "lib02_mlp\\.${expected}\\.a")
    message(FATAL_ERROR "EARLIER_LABS=${choice}: 03_optimizers.${lab_variant} should link 02_mlp.${expected}:\n${link}")
  endif()
  string(REGEX MATCHALL "lib02_mlp[a-z.]*" linked "${link}")
  list(REMOVE_DUPLICATES linked)
  list(LENGTH linked count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "EARLIER_LABS=${choice}: 03_optimizers.${lab_variant} links two variants: ${linked}")
  endif()
endfunction()

foreach(choice solution mine)
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${ROOT} -B ${FOLDER} -G Ninja -DCMAKE_BUILD_TYPE=Check
                          -DEARLIER_LABS=${choice}
                  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  expect_linked(mine ${choice})
  expect_linked(starter solution)
  expect_linked(solution solution)

  # The judge links what the solution links, stripped, independent of the student's variant
  file(READ ${FOLDER}/labs/03_optimizers/harness.json harness)
  if(NOT harness MATCHES "02_mlp/solution\\.stripped\\.a" OR harness MATCHES "lib02_mlp\\.")
    message(FATAL_ERROR "EARLIER_LABS=${choice}: the judge does not link the solution of lab 02:\n${harness}")
  endif()

  # The version of a lab hangs on all that it links, and on nothing else
  foreach(source solutions/02_mlp/mlp solutions/01_tensors/tensors solutions/03_optimizers/optimizers datasets/digits
                 common/linalg/linalg common/testing/compare labs/03_optimizers/regularization_test)
    if(NOT harness MATCHES "\"${source}\\.cpp\"")
      message(FATAL_ERROR "the judge of lab 03 does not name ${source}.cpp, which it links:\n${harness}")
    endif()
  endforeach()
  if(harness MATCHES "\"[^\"]*(common/plot|mistakes|alternatives|demo\\.cpp|build/)[^\"]*\\.cpp\"")
    message(FATAL_ERROR "the judge of lab 03 names ${CMAKE_MATCH_0}, which changes no mark")
  endif()
endforeach()
