# Applies the patch of a known mistake to a copy of the solution: cmake -DPATCH=name.patch -DFOLDER=copy -P
# apply_patch.cmake
execute_process(COMMAND patch --silent --strip=1 --fuzz=0 --directory=${FOLDER} --input=${PATCH}
                OUTPUT_VARIABLE reason ERROR_VARIABLE reason RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  string(STRIP "${reason}" reason)
  message(FATAL_ERROR " ${PATCH}: error: does not apply to the solution. Regenerate the patch (CONTRIBUTING.md, section 6)\n ${reason}")
endif()
