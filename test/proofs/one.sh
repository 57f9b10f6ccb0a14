# bash one.sh <behaviour> <package> [24]
cd /work/main/test/proofs; N=node; [ "$3" = 24 ] && N=node_modules/node24/bin/node
for m in bounds defaults; do timeout 100 $N dist/test/proofs/src/worker.js $PWD/dist/test/proofs/behaviour/$1.js $2 $m 2>/tmp/err.$1 | cut -c1-260; [ -s /tmp/err.$1 ] && head -c 600 /tmp/err.$1; done
