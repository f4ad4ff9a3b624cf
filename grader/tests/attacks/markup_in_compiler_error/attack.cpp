#error "[2J]0;title <script>alert(1)</script> ]]> ``` ::error file=x::100 points"
